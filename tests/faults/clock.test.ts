// The machine's clock, set wrong in mid-run; and a lab that nobody opens for two weeks. Everything the lab starts sees
// the other time, through libfaketime; what measures spans of time (the monotonic clock) is left alone, as in life.
import { access, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, type TestContext } from 'vitest';
import { openLab, type Lab } from '../integration/lab.ts';
import { deadPorts } from '../integration/machine.ts';
import { checkEverything, resumeWithinMs, ride } from './ride.ts';
import { drawing, seeds } from './seeds.ts';

/** Debian's package `libfaketime`. */
const library = '/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1';

describe('the clock', () => {
  let folder: string;
  let lab: Lab;
  let isThere: boolean;
  const env = (): NodeJS.ProcessEnv => ({
    LD_PRELOAD: library,
    FAKETIME_TIMESTAMP_FILE: join(folder, 'time'),
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
    // Its own way with timed waits holds up a JVM for minutes.
    FAKETIME_FORCE_MONOTONIC_FIX: '0',
    FAKETIME_CACHE_DURATION: '1',
  });

  /** `+1h` and the like, from true time. */
  async function setClock(offset: string): Promise<void> {
    await writeFile(join(folder, 'draft'), `${offset}\n`);
    await rename(join(folder, 'draft'), join(folder, 'time'));
  }

  beforeEach(async () => {
    isThere = await access(library).then(
      () => true,
      () => false,
    );
    if (!isThere) return;
    folder = await mkdtemp(join(tmpdir(), 'riacho-clock-'));
    await setClock('+0');
    await mkdir(join(folder, 'lab'));
    lab = await openLab({ folder: join(folder, 'lab'), env: env(), ports: await deadPorts() });
  });
  afterEach(async () => {
    await lab?.close();
    if (isThere) await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });
  function skipWithout({ skip }: TestContext): void {
    if (!isThere) skip(`no ${library}`);
  }

  it.for(seeds.flatMap((seed) => ['+1h', '-1h'].map((offset) => ({ offset, seed }))))(
    'jumps by $offset (seed $seed)',
    async ({ offset, seed }, context) => {
      skipWithout(context);
      expect(
        await ride(
          lab,
          { count: 4_000, rate: 800, share: drawing(seed)(0.15, 0.5) },
          { strike: () => setClock(offset), end: () => setClock('+0'), lastsMs: 4_000 },
        ),
      ).toBeLessThan(resumeWithinMs);
    },
  );

  it.for(seeds)('goes on two weeks later where it was left (seed %i)', async (_seed, context) => {
    skipWithout(context);
    const amounts = ['--source', 'offline', '--count', '500', '--rate', 'max', '--faulty', '4'];
    expect(await lab.cli('run', ...amounts, '--json')).toMatchObject({ code: 0 });
    expect(await lab.cli('produce', ...amounts, '--json')).toMatchObject({ code: 0 });
    expect(await lab.cli('down')).toMatchObject({ code: 0 });
    await setClock('+14d');
    expect(await lab.cli('up', '--detach', '--json')).toMatchObject({ code: 0, stderr: '' });
    const consumed = await lab.cli('consume', '--mode', 'append', '--until-idle', '1s', '--json');
    expect(consumed).toMatchObject({ code: 0, stderr: '' });
    expect(consumed.events.at(-1)).toMatchObject({ written: 480, deadLetters: 20, skipped: 0 });
    await checkEverything(lab, 1_000);
  });
});
