// A disk that fills in mid-run, below Kafka and below Cassandra: real file systems of a few megabytes.
import { mkdir, mkdtemp, open, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { openSmallDisk } from '../../pipeline/testing/small-disk.ts';
import { openLab } from '../integration/lab.ts';
import { expectRefusal } from '../integration/told.ts';
import { resumeWithinMs, ride } from './ride.ts';
import { drawing, outageMs, seeds } from './seeds.ts';

const mebibyte = 1024 * 1024;
const fillerIn = (folder: string): string => join(folder, 'filler');

/** Leaves nothing free. */
async function fill(folder: string): Promise<void> {
  const file = await open(fillerIn(folder), 'w');
  try {
    for (const size of [mebibyte, 4_096]) {
      const isFull = (): Promise<boolean> =>
        file.write(Buffer.alloc(size)).then(
          ({ bytesWritten }) => bytesWritten < size,
          () => true,
        );
      while (!(await isFull()));
    }
  } finally {
    await file.close();
  }
}

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

it.for(
  seeds.flatMap((seed) => [
    { service: 'kafka', size: 96, seed },
    { service: 'cassandra', size: 160, seed },
  ]),
)('the disk of $service is full for a while (seed $seed)', async ({ service, size, seed }, { skip }) => {
  const folder = await mkdtemp(join(tmpdir(), 'riacho-disk-'));
  ends.push(() => rm(folder, { recursive: true, force: true }));
  const disk = openSmallDisk(1_024 * size);
  ends.push(() => disk.remove());
  if (!disk.isMounted) skip('a small disk takes root');
  await mkdir(join(folder, 'services'));
  await symlink(disk.folder, join(folder, 'services', service));
  const lab = await openLab({ folder });
  ends.push(() => lab.close());
  expect(
    await ride(
      lab,
      // Slow enough that the run is still in its midst when the last byte is taken.
      { count: 4_000, rate: 300, share: drawing(seed)(0.15, 0.5) },
      { strike: () => fill(disk.folder), end: () => rm(fillerIn(disk.folder)), lastsMs: outageMs },
    ),
  ).toBeLessThan(resumeWithinMs);
  expect(await lab.status()).toMatchObject({ stack: 'healthy' });
});

it.for(seeds)('the disk of an export is full for a while (seed %i)', async (seed, { skip }) => {
  const lab = await openLab();
  ends.push(() => lab.close());
  const disk = openSmallDisk(8 * 1_024);
  ends.push(() => disk.remove());
  if (!disk.isMounted) skip('a small disk takes root');
  const file = join(disk.folder, 'users.csv');
  const spare = join(disk.folder, 'spare');
  const before = 'an export of another day';
  await writeFile(file, before);
  await writeFile(spare, Buffer.alloc(64 * 1_024));
  await fill(disk.folder);
  const count = 6_000;
  await ride(
    lab,
    { count, rate: 200, share: drawing(seed)(0.15, 0.3) },
    {
      strike: async () => {
        // Room for a hundred rows or two: the export begins well, and every export fails in its midst.
        await rm(spare);
        await expectRefusal(['export', '--csv', file, '--data-dir', lab.dataDir], {
          error: 'DISK_FULL',
          names: [file],
        });
        expect((await readdir(disk.folder)).toSorted()).toEqual(['filler', 'users.csv']);
        expect(await readFile(file, 'utf8')).toBe(before);
      },
      end: () => rm(fillerIn(disk.folder)),
      lastsMs: outageMs,
    },
  );
  expect(await lab.cli('export', '--csv', file)).toMatchObject({ code: 0, stderr: '' });
  const lines = (await readFile(file, 'utf8')).trimEnd().split(/\r?\n/);
  expect(lines).toHaveLength(1 + (await lab.rowIds()).size);
});
