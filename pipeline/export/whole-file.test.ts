// Meets a disk that is really full, where the system can show one.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeFault, writeWhole } from './whole-file.ts';

/** The system's own error when nothing fits any more. */
async function fullDiskError(): Promise<unknown> {
  return writeFile('/dev/full', 'x').catch((error: unknown) => error);
}

it.skipIf(!existsSync('/dev/full'))('calls a full disk DISK_FULL', async () => {
  const fault = writeFault('/x.csv', await fullDiskError());
  expect(fault.fault).toEqual({ code: 'DISK_FULL', params: { path: '/x.csv' } });
});

it('calls every other refusal EXPORT_UNWRITABLE, with the name the system gives it', () => {
  const refusal = Object.assign(new Error('no'), { code: 'EROFS' });
  expect(writeFault('/x.csv', refusal).fault).toEqual({
    code: 'EXPORT_UNWRITABLE',
    params: { path: '/x.csv', detail: 'EROFS' },
  });
});

/** Mounts a disk of 64 KiB; false where this process may not. */
function mountTiny(folder: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

describe('on a disk of 64 KiB', () => {
  const folder = mkdtempSync(join(tmpdir(), 'riacho-tiny-'));
  const disk = { isMounted: false };
  beforeAll(() => {
    disk.isMounted = mountTiny(folder);
  });
  afterAll(() => {
    if (disk.isMounted) execFileSync('umount', [folder]);
    rmSync(folder, { recursive: true });
  });

  it('gives up with DISK_FULL, leaves nothing behind and the former file untouched', async ({ skip }) => {
    skip(!disk.isMounted, 'mounting takes root');
    const file = join(folder, 'users.csv');
    writeFileSync(file, 'old');
    const written = writeWhole(file, async (append) => {
      for (let kib = 0; kib < 200; kib += 1) await append(Buffer.alloc(1024));
    });
    await expect(written).rejects.toMatchObject({ code: 'DISK_FULL', params: { path: file } });
    expect(readdirSync(folder)).toEqual(['users.csv']);
    expect(readFileSync(file, 'utf8')).toBe('old');
  });
});
