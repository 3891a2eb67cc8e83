// Where what was shipped with the app lies: beside its archive where it is installed, in the project where it is not.
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { app } from 'electron';

const composeDir = (): string => join(app.isPackaged ? process.resourcesPath : app.getAppPath(), 'compose');

/** `compose/embedded`. */
export function embeddedResources(): string {
  return join(composeDir(), 'embedded');
}

/**
 * The compose file, with what it mounts beside it. An installed app keeps a copy in the data folder: containers outlive
 * the app, which may be moved, updated, or be an AppImage's that the Docker engine cannot look into.
 */
export async function composeFileIn(dataDir: string): Promise<string> {
  const shipped = composeDir();
  if (!app.isPackaged) return join(shipped, 'docker-compose.yml');
  const copy = join(dataDir, 'compose');
  await cp(shipped, copy, {
    recursive: true,
    filter: (source) => !source.startsWith(join(shipped, 'embedded')),
  });
  return join(copy, 'docker-compose.yml');
}
