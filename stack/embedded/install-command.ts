// Says how a person installs what is missing, in the words of their own system. Installs nothing.
import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

/** What the embedded engine needs from the system. */
export type Requirement = 'java' | 'maven';

const commands: { tool: string; java: string; maven: string }[] = [
  { tool: 'apt-get', java: 'sudo apt install openjdk-17-jre-headless', maven: 'sudo apt install maven' },
  { tool: 'dnf', java: 'sudo dnf install java-17-openjdk-headless', maven: 'sudo dnf install maven' },
  { tool: 'pacman', java: 'sudo pacman -S jre17-openjdk-headless', maven: 'sudo pacman -S maven' },
  {
    tool: 'zypper',
    java: 'sudo zypper install java-17-openjdk-headless',
    maven: 'sudo zypper install maven',
  },
  { tool: 'brew', java: 'brew install --cask temurin@17', maven: 'brew install maven' },
];

/** Where a program stands in `PATH`, in the order of `PATH`; empty when nowhere. */
export async function programsOnPath(name: string, path: string): Promise<string[]> {
  const found: string[] = [];
  for (const folder of path.split(delimiter).filter(Boolean)) {
    const file = join(folder, name);
    const isThere = await access(file, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (isThere) found.push(file);
  }
  return found;
}

/** The command that installs `requirement` here; without a known package manager, where to get it. */
export async function installCommand(
  requirement: Requirement,
  path = process.env['PATH'] ?? '',
): Promise<string> {
  for (const command of commands) {
    if ((await programsOnPath(command.tool, path)).length > 0) return command[requirement];
  }
  return requirement === 'java' ? 'https://adoptium.net' : 'https://maven.apache.org';
}
