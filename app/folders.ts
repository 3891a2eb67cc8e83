// Where Riacho keeps things on this machine: the user's data folder, the cache of jars, the stack's resources.
import { access, constants, mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import envPaths from 'env-paths';
import { RiachoError } from '../words/errors.ts';

const paths = envPaths('riacho', { suffix: '' });

export interface Folders {
  /** Topics, rows, positions, logs, `stack.json`: everything that is the user's. */
  dataDir: string;
  /** What can be fetched again. */
  cacheDir: string;
  /** `compose/embedded`, as shipped. */
  resourcesDir: string;
  /** `compose/docker-compose.yml`, as shipped, with what it mounts beside it. */
  composeFile: string;
}

/** The usual folders of this system; `dataDir` overrides the first. */
export function defaultFolders(dataDir: string = paths.data): Folders {
  return {
    dataDir,
    cacheDir: paths.cache,
    resourcesDir: fileURLToPath(new URL('../compose/embedded', import.meta.url)),
    composeFile: fileURLToPath(new URL('../compose/docker-compose.yml', import.meta.url)),
  };
}

/** Makes the folder if absent; rejects with `DATA_FOLDER_UNWRITABLE` when nothing can be written there. */
export async function ensureWritable(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true });
    await access(path, constants.W_OK | constants.X_OK);
  } catch (error) {
    const detail = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new RiachoError('DATA_FOLDER_UNWRITABLE', { path, detail }, error);
  }
}
