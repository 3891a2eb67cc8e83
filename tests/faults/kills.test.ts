// kill -9 in mid-run, three times each: the app, Cassandra, the broker; and the supervisor, with all that it owns.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { usersTopic } from '../../words/users.ts';
import { eventually, openLab, type Lab } from '../integration/lab.ts';
import { deadPorts } from '../integration/machine.ts';
import {
  checkEverything,
  healthyPid,
  lastProgress,
  placed,
  resumeWithinMs,
  resumption,
  ride,
  startRun,
  strikeAt,
  throughout,
} from './ride.ts';
import { drawing, outageMs, seeds } from './seeds.ts';

/**
 * Three shares of a run, in order. They are low, and the runs slow, for while a server comes back the run goes on.
 */
function shares(seed: number): number[] {
  const draw = drawing(seed);
  return [draw(0.12, 0.2), draw(0.28, 0.36), draw(0.45, 0.52)];
}

describe('kill -9 in mid-run', () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await openLab({ ports: await deadPorts() });
  });
  afterAll(async () => {
    await lab?.close();
  });

  it.each(seeds)('of the app: append goes on, three times (seed %i)', async (seed) => {
    const count = 3_000;
    let produced = (await lab.messages(usersTopic)).length;
    for (const share of shares(seed)) {
      const expected = count + (await lab.topic()).waiting;
      const startedAt = performance.now();
      const run = startRun(lab, { count, rate: 800 });
      await run.event(() => placed(run) > 0);
      expect(performance.now() - startedAt).toBeLessThan(resumeWithinMs);
      await strikeAt(run, { share, count: expected }, () => {
        run.process.kill('SIGKILL');
      });
      await run.ended;
      produced += lastProgress(run)?.producer?.produced ?? 0;
    }
    const again = await lab.cli('consume', '--mode', 'append', '--until-idle', '1s', '--json');
    expect(again.code).toBe(0);
    await checkEverything(lab, produced);
  });

  it.each(
    seeds.flatMap((seed) => [
      { service: 'cassandra' as const, seed },
      { service: 'kafka' as const, seed },
    ]),
  )('of $service: the run goes on by itself, three times (seed $seed)', async ({ service, seed }) => {
    const before = await lab.messages(usersTopic);
    const count = 12_000;
    const killed = new Set<number>();
    const another = async (): Promise<number> => {
      let pid = 0;
      await eventually(`${service} is there`, async () => {
        pid = await healthyPid(lab, service);
        const isThere = pid > 0 && !killed.has(pid);
        // Each question is a process of its own, in the way of what it asks for.
        if (!isThere) await delay(500);
        return isThere;
      });
      return pid;
    };
    let pid = await another();
    const run = startRun(lab, { count, rate: 450 });
    await throughout(run, async () => {
      for (const share of shares(seed)) {
        await strikeAt(run, { share, count }, () => {
          process.kill(pid, 'SIGKILL');
        });
        killed.add(pid);
        pid = await another();
        expect(await resumption(run, count)).toBeLessThan(resumeWithinMs);
      }
    });
    const ended = await run.ended;
    expect(ended.stderr).toBe('');
    expect(ended.code).toBe(0);
    expect(ended.events.at(-1)).toMatchObject({ event: 'summary', produced: count, waiting: 0 });
    expect(killed.size).toBe(3);
    await checkEverything(lab, before.length + count);
  });

  it.each(seeds)(
    'of the supervisor, and both servers with it: the run goes on after `up` (seed %i)',
    async (seed) => {
      const stackFile = z.object({ pid: z.number() });
      const { pid } = stackFile.parse(JSON.parse(await readFile(join(lab.dataDir, 'stack.json'), 'utf8')));
      const [share = 0] = shares(seed);
      expect(
        await ride(
          lab,
          { count: 4_000, rate: 800, share },
          {
            strike: () => {
              process.kill(pid, 'SIGKILL');
            },
            lastsMs: outageMs,
            end: async () => {
              expect(await lab.cli('up', '--detach', '--json')).toMatchObject({ code: 0, stderr: '' });
            },
          },
        ),
      ).toBeLessThan(resumeWithinMs);
    },
  );
});
