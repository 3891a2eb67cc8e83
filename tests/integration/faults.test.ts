// kill -9 in mid-run, three times each: the app, Cassandra, the broker. No acknowledged message is lost, no row is
// too many, and the sum holds.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { headerText, type Message } from '../../pipeline/kafka/broker.ts';
import { trace, traceHeader } from '../../words/runs.ts';
import type { ServiceName } from '../../words/stack.ts';
import { usersDeadLetterTopic, usersTopic } from '../../words/users.ts';
import { letterHeaders } from '../../words/dead-letters.ts';
import { eventually, openLab, type Lab, type Running } from './lab.ts';

const progress = z.object({
  event: z.literal('progress'),
  producer: z.object({ produced: z.number() }),
  consumer: z.object({ written: z.number(), deadLetters: z.number(), rewinds: z.number() }),
});

const seed = Number(process.env['RIACHO_SEED'] ?? 20261122);

/**
 * Three shares of a run, in order, drawn from the seed: a fault fires only between 10 and 90 % of it. They are low, and
 * the runs slow, for while a server comes back the run goes on.
 */
function shares(): number[] {
  let state = seed;
  const draw = (from: number, to: number): number => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return from + (state / 2 ** 31) * (to - from);
  };
  return [draw(0.12, 0.2), draw(0.28, 0.36), draw(0.45, 0.52)];
}

function isSpoiled({ headers }: Message): boolean {
  return trace.parse(JSON.parse(headerText(headers, traceHeader) ?? '{}')).spoiled !== undefined;
}

describe('kill -9 in mid-run', () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await openLab();
  });
  afterAll(async () => {
    await lab?.close();
  });

  /** A run of generated users, some of them spoiled. */
  function startRun(count: number, rate: number): Running {
    const amounts = ['--count', String(count), '--rate', String(rate), '--faulty', '4'];
    return lab.start('run', '--source', 'offline', ...amounts, '--json');
  }

  /** What the run last said of itself. */
  function lastProgress(run: Running): z.infer<typeof progress> | undefined {
    return run.events.map((event) => progress.safeParse(event).data).findLast((event) => event !== undefined);
  }

  /** Rows and dead letters of the run, as it last said. */
  function placed(run: Running): number {
    const last = lastProgress(run);
    return last ? last.consumer.written + last.consumer.deadLetters : 0;
  }

  /** Kills once this share of `count` is placed, and proves that it was in the midst of the run then. */
  async function killAt(run: Running, share: number, count: number, kill: () => void): Promise<void> {
    await run.event(() => placed(run) >= share * count);
    kill();
    expect(placed(run) / count).toBeGreaterThan(0.1);
    expect(placed(run) / count).toBeLessThan(0.9);
  }

  /** Compares the topic with the table and the dead letters, message by message, and asks for the sum. */
  async function checkEverything(produced: number): Promise<void> {
    const messages = await lab.messages(usersTopic);
    expect(messages.length).toBeGreaterThanOrEqual(produced);
    const good = new Set(
      messages.filter((message) => !isSpoiled(message)).map(({ key }) => key?.toString() ?? ''),
    );
    const rows = await lab.rowIds();
    expect(rows.size).toBe(good.size);
    expect([...good].filter((id) => !rows.has(id))).toEqual([]);

    const places = messages.filter(isSpoiled).map(({ partition, offset }) => `${partition}/${offset}`);
    const letters = (await lab.messages(usersDeadLetterTopic)).map(
      ({ headers }) =>
        `${headerText(headers, letterHeaders.partition)}/${headerText(headers, letterHeaders.offset)}`,
    );
    expect(new Set(letters)).toEqual(new Set(places));
    const sum = await lab.topic();
    expect(sum).toEqual({
      messages: messages.length,
      skipped: 0,
      written: messages.length - places.length,
      deadLetters: places.length,
      waiting: 0,
    });
  }

  async function healthyPid(service: ServiceName): Promise<number> {
    const { services } = await lab.status();
    const found = services.find(({ name }) => name === service);
    return found?.state === 'healthy' ? (found.pid ?? 0) : 0;
  }

  it(`of the app: append goes on, three times (seed ${seed})`, async () => {
    const count = 3_000;
    let produced = 0;
    for (const share of shares()) {
      const expected = count + (await lab.topic()).waiting;
      const run = startRun(count, 800);
      await killAt(run, share, expected, () => run.process.kill('SIGKILL'));
      await run.ended;
      produced += lastProgress(run)?.producer.produced ?? 0;
    }
    const again = await lab.cli('consume', '--mode', 'append', '--until-idle', '1s', '--json');
    expect(again.code).toBe(0);
    await checkEverything(produced);
  });

  it.each<{ service: ServiceName }>([{ service: 'cassandra' }, { service: 'kafka' }])(
    `of $service: the run goes on by itself, three times (seed ${seed})`,
    async ({ service }) => {
      const before = await lab.messages(usersTopic);
      const count = 12_000;
      const run = startRun(count, 450);
      const killed = new Set<number>();
      for (const share of shares()) {
        let pid = 0;
        await eventually(`${service} is there`, async () => {
          pid = await healthyPid(service);
          return pid > 0 && !killed.has(pid);
        });
        await killAt(run, share, count, () => process.kill(pid, 'SIGKILL'));
        killed.add(pid);
      }
      const ended = await run.ended;
      expect(ended.stderr).toBe('');
      expect(ended.code).toBe(0);
      expect(ended.events.at(-1)).toMatchObject({ event: 'summary', produced: count, waiting: 0 });
      expect(killed.size).toBe(3);
      await checkEverything(before.length + count);
    },
  );
});
