// What a full disk can leave in Cassandra's commit log, and what keeps Cassandra from ever starting again.
import { open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** A segment begins with its version, its id and its parameters: no byte of a written one is nothing but zero for so long. */
const descriptorBytes = 512;

/**
 * Removes segments that were made and never written: on a full disk there is room for a file's name, but not for its
 * first line, over which Cassandra then stumbles at each start. They hold no row. Resolves with their names; a folder
 * that is not there yet has none.
 */
export async function removeEmptySegments(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  const removed: string[] = [];
  for (const name of names.filter((one) => /^CommitLog-.*\.log$/.test(one))) {
    const path = join(folder, name);
    if (!(await isUnwritten(path))) continue;
    await rm(path);
    removed.push(name);
  }
  return removed;
}

async function isUnwritten(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(descriptorBytes), 0, descriptorBytes, 0);
    return buffer.subarray(0, bytesRead).every((byte) => byte === 0);
  } finally {
    await file.close();
  }
}
