// Whether a server can write at all.
import { freeBytes } from '../free-bytes.ts';

/** Less than a server writes while it starts. */
const roomBytes = 8 * 1024 * 1024;

/** Whether the disk below `folder` has hardly anything left; one that tells nothing is not full. */
export function isDiskFull(folder: string): Promise<boolean> {
  return freeBytes(folder).then(
    (free) => free < roomBytes,
    () => false,
  );
}
