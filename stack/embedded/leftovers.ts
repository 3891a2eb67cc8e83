// Names things that are still being made, and clears away what a killed process left unfinished.
import { randomBytes } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

const marker = '.unfinished-';

/** A sibling of `path` to make it in, before it is renamed: says whose it is. */
export function unfinishedPath(path: string): string {
  return `${path}${marker}${process.pid}-${randomBytes(3).toString('hex')}`;
}

/** Whether a process of this id runs (whoever's it is). */
export function isProcessAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Removes the unfinished siblings of `path` whose makers are gone. */
export async function clearLeftovers(path: string): Promise<void> {
  const folder = dirname(path);
  const prefix = basename(path) + marker;
  for (const name of await readdir(folder).catch(() => [])) {
    if (!name.startsWith(prefix)) continue;
    const pid = Number(name.slice(prefix.length).split('-')[0]);
    if (pid > 0 && isProcessAlive(pid)) continue;
    await rm(join(folder, name), { recursive: true, force: true });
  }
}
