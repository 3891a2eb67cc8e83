// Whether a server can write at all.
import { statfs } from 'node:fs/promises';

/** Less than a server writes while it starts. */
const roomBytes = 8 * 1024 * 1024;

/** Whether the disk below `folder` has hardly anything left; one that tells nothing is not full. */
export async function isDiskFull(folder: string): Promise<boolean> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize < roomBytes;
  } catch {
    return false;
  }
}
