// Meets a disk that is really full, where the system can show one.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openSmallDisk } from '../testing/small-disk.ts';
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

describe('on a disk of 64 KiB', () => {
  const disk = openSmallDisk(64);
  const { folder } = disk;
  afterAll(() => disk.remove());

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
