// How large the installed app is, and how much memory it takes without servers: what the tests hold it to.
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunningApp } from './fresh-machine.ts';
import { memoryOf } from './processes.ts';

const mebibyte = 1024 ** 2;
export const limits = { installed: 450 * mebibyte, idleMemory: 350 * mebibyte };

export function mebibytes(bytes: number): string {
  return `${(bytes / mebibyte).toFixed(0)} MiB`;
}

/** All files of a folder together, in bytes. */
export async function installedBytes(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(
    files.map(async ({ parentPath, name }) => (await lstat(join(parentPath, name))).size),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** What all processes of a running app take together, in bytes. */
export async function idleMemory(app: RunningApp): Promise<number> {
  const sizes = await Promise.all((await app.processes()).map(memoryOf));
  return sizes.reduce((sum, size) => sum + size, 0);
}
