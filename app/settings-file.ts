// settings.json in the data folder: read whole, written whole. Secrets never get here.
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RiachoError } from '../words/errors.ts';
import { settings, type Settings } from '../words/settings.ts';

const pathIn = (dataDir: string): string => join(dataDir, 'settings.json');

/** What is in force where nobody has set anything: Cassandra does not run on Windows, so Docker runs the stack there. */
export function usualSettings(platform: NodeJS.Platform = process.platform): Settings {
  return settings.parse(platform === 'win32' ? { engine: 'docker' } : {});
}

/** What a person has set, or the usual where they never did. Rejects with `SETTINGS_UNREADABLE` {path, detail}. */
export async function readSettings(dataDir: string): Promise<Settings> {
  const path = pathIn(dataDir);
  try {
    return settings.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return usualSettings();
    throw new RiachoError('SETTINGS_UNREADABLE', { path, detail: detailOf(error) }, error);
  }
}

/** A schema's error lists everything in JSON; where it lies is what helps. */
function detailOf(error: unknown): string {
  if (error instanceof Error && 'issues' in error && Array.isArray(error.issues)) {
    return error.issues.map((issue: { path: PropertyKey[] }) => issue.path.join('.')).join(', ');
  }
  return error instanceof Error ? error.message : String(error);
}

/** Replaces the file in one step, readable by its owner only. Rejects with `FILE_UNWRITABLE` {path, detail}. */
export async function writeSettings(dataDir: string, content: Settings): Promise<void> {
  const path = pathIn(dataDir);
  const draft = `${path}.${process.pid}.tmp`;
  try {
    await writeFile(draft, `${JSON.stringify(content, undefined, 2)}\n`, { mode: 0o600 });
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined);
    const detail = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new RiachoError('FILE_UNWRITABLE', { path, detail }, error);
  }
}
