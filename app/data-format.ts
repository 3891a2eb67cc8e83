// The mark in the data folder: which shape its content has, so that an older app does not spoil what a newer one wrote.
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import packageFile from '../package.json' with { type: 'json' };
import { jsonOf } from '../pipeline/json-of.ts';
import { RiachoError } from '../words/errors.ts';

/**
 * Grows when an app before it could no longer use the folder: the servers' data above all. Who raises it writes what
 * brings an older folder to it, here.
 */
export const dataFormat = 1;

const mark = z.object({ format: z.number().int(), version: z.string() });

/**
 * Looks whether this app can use what lies in the folder, and marks it as its own. A folder without a mark is as old as
 * the first versions, whose shape is that of format 1. Rejects with `DATA_FOLDER_NEWER` {path, version}; then nothing
 * was changed.
 */
export async function claimDataFolder(dataDir: string): Promise<void> {
  const path = join(dataDir, 'riacho.json');
  // A mark that cannot be read says nothing of a newer app.
  const known = await readFile(path, 'utf8').then(
    (text) => mark.safeParse(jsonOf(text)).data,
    () => undefined,
  );
  if (known && known.format > dataFormat) {
    throw new RiachoError('DATA_FOLDER_NEWER', { path: dataDir, version: known.version });
  }
  const own = { format: dataFormat, version: packageFile.version };
  if (known?.format === own.format && known.version === own.version) return;
  const draft = `${path}.${process.pid}`;
  // A full disk is no reason not to open; the mark is made another time.
  await writeFile(draft, `${JSON.stringify(own)}\n`)
    .then(() => rename(draft, path))
    .catch(() => rm(draft, { force: true }));
}
