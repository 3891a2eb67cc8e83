// A disk that fills in mid-run, below Kafka and below Cassandra: real file systems of a few megabytes.
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, expect, it, type TestContext } from 'vitest';
import { openLab } from '../integration/lab.ts';
import { resumeWithinMs, ride } from './ride.ts';
import { drawing, outageMs, seeds } from './seeds.ts';

const run = promisify(execFile);
const mebibyte = 1024 * 1024;

/** A folder that is a file system of its own. */
class SmallDisk {
  readonly folder: string;
  readonly #filler: string;

  constructor(folder: string) {
    this.folder = folder;
    this.#filler = join(folder, 'filler');
  }

  async mount(mebibytes: number): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    await run('mount', ['-t', 'tmpfs', '-o', `size=${mebibytes}m`, 'tmpfs', this.folder]);
  }

  /** Leaves nothing free. */
  async fill(): Promise<void> {
    const file = await open(this.#filler, 'w');
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

  clear(): Promise<void> {
    return rm(this.#filler, { force: true });
  }

  async unmount(): Promise<void> {
    await run('umount', ['-l', this.folder]).catch(() => undefined);
  }
}

function skipWithoutRights({ skip }: TestContext): void {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) skip('only root can mount a small disk');
}

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

it.for(
  seeds.flatMap((seed) => [
    { service: 'kafka', size: 96, seed },
    { service: 'cassandra', size: 160, seed },
  ]),
)('the disk of $service is full for a while (seed $seed)', async ({ service, size, seed }, context) => {
  skipWithoutRights(context);
  const folder = await mkdtemp(join(tmpdir(), 'riacho-disk-'));
  ends.push(() => rm(folder, { recursive: true, force: true }));
  const disk = new SmallDisk(join(folder, 'services', service));
  await disk.mount(size);
  ends.push(() => disk.unmount());
  const lab = await openLab({ folder });
  ends.push(async () => {
    await lab.cli('down');
    await disk.unmount();
    await lab.close();
  });
  expect(
    await ride(
      lab,
      { count: 4_000, rate: 800, share: drawing(seed)(0.15, 0.5) },
      { strike: () => disk.fill(), end: () => disk.clear(), lastsMs: outageMs },
    ),
  ).toBeLessThan(resumeWithinMs);
  expect(await lab.status()).toMatchObject({ stack: 'healthy' });
});
