// Finds the Java that runs the servers: the app's own where it brings one, else 17 wherever it is, else the nearest
// other. Starts no server.
import { execFile } from 'node:child_process';
import { readFile, readdir, realpath, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { RiachoError } from '../../words/errors.ts';
import { installCommand, programsOnPath } from './install-command.ts';
import { packedJava } from './packed.ts';

/** The version both servers are known to run on. */
export const wantedMajor = 17;

/** A Java that was found. */
export interface Java {
  /** Real path of the `java` program. */
  path: string;
  /** Its `JAVA_HOME`. */
  home: string;
  /** As it names itself, e.g. `17.0.15`. */
  version: string;
  major: number;
  /** Differs for every build of a JVM: what is made for one may not fit another. */
  build: string;
}

/** Where to look; taken from the system unless a test says otherwise. */
export interface JavaPlaces {
  /** Home of the Java that came with the app, if it did. */
  packed?: string | undefined;
  javaHome: string | undefined;
  path: string;
  /** Folders that hold one Java each, in sub-folders. */
  folders: string[];
}

/** Where Java may be on this system; with `resourcesDir` also what is packed there. */
export function javaPlaces(resourcesDir?: string): JavaPlaces {
  return {
    packed: resourcesDir === undefined ? undefined : packedJava(resourcesDir),
    javaHome: process.env['JAVA_HOME'],
    path: process.env['PATH'] ?? '',
    folders: [
      '/usr/lib/jvm',
      ...(process.platform === 'darwin' ? ['/Library/Java/JavaVirtualMachines'] : []),
    ],
  };
}

async function candidates(places: JavaPlaces): Promise<string[]> {
  const paths = places.javaHome ? [join(places.javaHome, 'bin', 'java')] : [];
  paths.push(...(await programsOnPath('java', places.path)));
  for (const folder of places.folders) {
    for (const name of await readdir(folder).catch(() => [])) {
      paths.push(join(folder, name, 'bin', 'java'), join(folder, name, 'Contents', 'Home', 'bin', 'java'));
    }
  }
  return paths;
}

/** `17.0.15` → 17, `1.8.0_402` → 8. */
function majorOf(version: string): number {
  const [first, second] = version.split(/[.+_-]/);
  return Number(first === '1' ? second : first);
}

/**
 * Asks by the `release` file beside it, which costs nothing, or else by running it. A packed one is the same wherever
 * the app was put.
 */
async function describe(path: string, isPacked = false): Promise<Java | undefined> {
  try {
    const real = await realpath(path);
    let home = dirname(dirname(real));
    const release = await readFile(join(home, 'release'), 'utf8').catch(() => '');
    let version = /^JAVA_VERSION="(.+)"/m.exec(release)?.[1];
    if (version === undefined) {
      // A shim (of jenv, asdf, macOS itself) has no such file, and knows only when it runs.
      const said = await promisify(execFile)(real, ['-XshowSettings:properties', '-version'], {
        timeout: 10_000,
      });
      version = /java\.version = (\S+)/.exec(said.stderr)?.[1];
      home = /java\.home = (.+)/.exec(said.stderr)?.[1] ?? home;
    }
    if (version === undefined) return undefined;
    const { mtimeMs } = await stat(real);
    const build = isPacked
      ? `${(await stat(join(home, 'lib', 'modules'))).size} ${release}`
      : `${home} ${version} ${mtimeMs} ${release}`;
    return { path: real, home, version, major: majorOf(version), build };
  } catch {
    return undefined;
  }
}

/**
 * The Java to use: the packed one, else the first of version 17 by `JAVA_HOME`, `PATH` and the system's folders, else
 * the one nearest to it. Places that hold none are skipped. Rejects with `NO_JAVA`.
 */
export async function findJava(places: JavaPlaces = javaPlaces()): Promise<Java> {
  const packed = places.packed && (await describe(join(places.packed, 'bin', 'java'), true));
  if (packed) return packed;
  let best: Java | undefined;
  for (const path of await candidates(places)) {
    const java = await describe(path);
    if (java === undefined) continue;
    if (java.major === wantedMajor) return java;
    if (best === undefined || Math.abs(java.major - wantedMajor) < Math.abs(best.major - wantedMajor))
      best = java;
  }
  if (best === undefined) throw new RiachoError('NO_JAVA', { command: await installCommand('java') });
  return best;
}
