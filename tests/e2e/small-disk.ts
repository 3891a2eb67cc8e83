// A disk that is soon full: a folder of 64 KiB, where this system lets one be made.
import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { promisify } from 'node:util';

export interface SmallDisk {
  folder: string;
  close(): Promise<void>;
}

const run = promisify(execFile);

/** Undefined where no file system may be mounted; `close` takes it away again. */
export async function openSmallDisk(folder: string): Promise<SmallDisk | undefined> {
  await mkdir(folder, { recursive: true });
  const isMounted = await run('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder]).then(
    () => true,
    () => false,
  );
  if (!isMounted) return undefined;
  return { folder, close: async () => void (await run('umount', [folder])) };
}
