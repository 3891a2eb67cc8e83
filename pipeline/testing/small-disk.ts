// A disk that is really small, where the system lets a test have one.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface SmallDisk {
  folder: string;
  /** Whether it is one: mounting takes root. */
  isMounted: boolean;
  /** Unmounts and removes it. */
  remove(): void;
}

/** A folder in the memory that holds `kib` KiB; an ordinary one where nothing may be mounted. */
export function openSmallDisk(kib: number): SmallDisk {
  const folder = mkdtempSync(join(tmpdir(), 'riacho-small-'));
  let isMounted = true;
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${kib}k`, 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    isMounted = false;
  }
  return {
    folder,
    isMounted,
    remove() {
      if (isMounted) execFileSync('umount', [folder]);
      rmSync(folder, { recursive: true });
    },
  };
}
