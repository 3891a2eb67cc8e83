// The pipeline under load, for long: what went in is what came out, and nothing piles up in memory meanwhile.
import { execFile } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { checkEverything, lastProgress, placed, startRun, type Amounts } from '../faults/ride.ts';
import { openLab, type Ended, type Lab } from '../integration/lab.ts';

const run = promisify(execFile);

/** Resident memory, in MiB, each minute. */
interface Memory {
  app: number[];
  kafka: number[];
  cassandra: number[];
}

let lab: Lab;
beforeEach(async () => {
  lab = await openLab();
});
afterEach(async () => {
  await lab?.close();
});

async function mebibytesOf(pid: number | undefined): Promise<number> {
  const { stdout } = await run('ps', ['-o', 'rss=', '-p', String(pid)]);
  return Number(stdout) / 1_024;
}

/** Runs that much, and says each minute how it is. */
async function held(amounts: Amounts): Promise<{ ended: Ended; memory: Memory; seconds: number }> {
  const startedAt = performance.now();
  const running = startRun(lab, amounts);
  const memory: Memory = { app: [], kafka: [], cassandra: [] };
  const state = { isOver: false };
  const over = running.ended.then(() => (state.isOver = true));
  for (let minute = 1; ; minute += 1) {
    await Promise.race([over, delay(60_000)]);
    if (state.isOver) break;
    const { services } = await lab.status();
    memory.app.push(await mebibytesOf(running.process.pid));
    for (const name of ['kafka', 'cassandra'] as const)
      memory[name].push(await mebibytesOf(services.find((service) => service.name === name)?.pid));
    const now = Object.entries(memory).map(([name, sizes]) => `${name} ${Math.round(sizes.at(-1) ?? 0)} MiB`);
    const waiting = lastProgress(running)?.sum?.waiting;
    process.stdout.write(
      `minute ${minute}: ${placed(running)} placed, ${waiting} waiting; ${now.join(', ')}\n`,
    );
  }
  return { ended: await running.ended, memory, seconds: (performance.now() - startedAt) / 1_000 };
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

it('a million users as fast as they go: the same sets', async () => {
  const count = 1_000_000;
  const { ended, seconds } = await held({ count, rate: 'max' });
  expect(ended).toMatchObject({ code: 0, stderr: '' });
  expect(ended.events.at(-1)).toMatchObject({ event: 'summary', produced: count, waiting: 0 });
  await checkEverything(lab, count);
  process.stdout.write(`${Math.round(count / seconds)} users/s, all of it in ${Math.round(seconds)} s\n`);
});

it('30 minutes at 2,000 a second: the same sets, in the same memory', async () => {
  const count = 30 * 60 * 2_000;
  const { ended, memory } = await held({ count, rate: 2_000 });
  expect(ended).toMatchObject({ code: 0, stderr: '' });
  expect(ended.events.at(-1)).toMatchObject({ event: 'summary', produced: count, waiting: 0 });
  await checkEverything(lab, count);
  for (const [name, sizes] of Object.entries(memory)) {
    // The first third warms up: heaps grow to what they may have.
    const third = Math.floor(sizes.length / 3);
    const drift = mean(sizes.slice(-third)) / mean(sizes.slice(third, 2 * third)) - 1;
    process.stdout.write(`${name}: ${(100 * drift).toFixed(1)} % from the second ten minutes to the third\n`);
    expect(drift).toBeLessThan(0.05);
  }
});
