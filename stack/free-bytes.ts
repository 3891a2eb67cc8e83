// How much the disk below a folder still takes.
import { statfs } from 'node:fs/promises';

/** In bytes, for whoever is not root. Rejects where the system does not tell. */
export async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}
