// Segments of the commit log that a full disk left: the empty ones go, and nothing else.
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { removeEmptySegments } from './commit-log.ts';

it('removes segments that were never written, and leaves whatever holds a byte', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'riacho-commitlog-'));
  try {
    await writeFile(join(folder, 'CommitLog-7-1.log'), Buffer.alloc(8 * 1024 * 1024));
    await writeFile(join(folder, 'CommitLog-7-2.log'), '');
    await writeFile(
      join(folder, 'CommitLog-7-3.log'),
      Buffer.concat([Buffer.from([0, 0, 0, 7]), Buffer.alloc(600)]),
    );
    await writeFile(join(folder, 'CommitLog-7-3_cdc.idx'), '');
    expect(await removeEmptySegments(folder)).toEqual(['CommitLog-7-1.log', 'CommitLog-7-2.log']);
    expect((await readdir(folder)).toSorted()).toEqual(['CommitLog-7-3.log', 'CommitLog-7-3_cdc.idx']);
    expect(await removeEmptySegments(join(folder, 'nowhere'))).toEqual([]);
  } finally {
    await rm(folder, { recursive: true });
  }
});
