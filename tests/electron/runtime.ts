// The Electron that the tests run on: fetched once, kept in a cache folder.
import { execFile } from 'node:child_process';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Where others can read it too: what root has in its own cache, nobody cannot run. */
const cacheDir =
  process.getuid?.() === 0 ? '/var/cache' : (process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'));

export interface Runtime {
  folder: string;
  program: string;
  /** What stands at the head of an AppImage. */
  appImageHead: string;
}

/** Rejects with what keeps it away. */
export async function getElectron(): Promise<Runtime> {
  const folder = join(cacheDir, 'riacho-tests', 'electron-22');
  await run(join(import.meta.dirname, 'get-electron.sh'), [folder], { timeout: 300_000 });
  const program = join(folder, 'electron');
  const { stdout } = await run('ldd', [program]);
  const missing = [...stdout.matchAll(/(\S+) => not found/g)].map(([, name]) => name);
  if (missing.length > 0) throw new Error(`needs ${missing.join(', ')}`);
  return { folder, program, appImageHead: `${folder}.appimage` };
}
