// One run under one fault: it strikes in the midst of the run, lasts, ends, and nothing may be lost, doubled or stuck.
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'vitest';
import { z } from 'zod';
import { headerText, type Message } from '../../pipeline/kafka/broker.ts';
import { trace, traceHeader } from '../../words/runs.ts';
import { usersDeadLetterTopic, usersTopic } from '../../words/users.ts';
import { letterHeaders } from '../../words/dead-letters.ts';
import { eventually, type Lab, type Running } from '../integration/lab.ts';

/** From the end of a fault to the next row. */
export const resumeWithinMs = 15_000;
/** From there to the end of the run. */
const endWithinMs = 60_000;

const progress = z.object({
  event: z.literal('progress'),
  producer: z.object({ produced: z.number() }).optional(),
  consumer: z.object({ written: z.number(), deadLetters: z.number(), rewinds: z.number() }),
  sum: z.object({ waiting: z.number() }).optional(),
});
type Progress = z.infer<typeof progress>;

/** A run of generated users, some of them spoiled. */
export interface Amounts {
  count: number;
  rate: number | 'max';
}

export function startRun(lab: Lab, { count, rate }: Amounts, ...more: string[]): Running {
  const amounts = ['--count', String(count), '--rate', String(rate), '--faulty', '4'];
  const source = more.includes('--url') ? [] : ['--source', 'offline'];
  return lab.start('run', ...source, ...amounts, ...more, '--json');
}

function allProgress(run: Running): Progress[] {
  return run.events.flatMap((event) => progress.safeParse(event).data ?? []);
}

/** What the run last said of itself. */
export function lastProgress(run: Running): Progress | undefined {
  return allProgress(run).at(-1);
}

function placedIn({ consumer }: Progress): number {
  return consumer.written + consumer.deadLetters;
}

/** Rows and dead letters of the run, as it last said. */
export function placed(run: Running): number {
  const last = lastProgress(run);
  return last ? placedIn(last) : 0;
}

/** Strikes once this share of `count` is placed, and proves that it was in the midst of the run then, before and after. */
export async function strikeAt(
  run: Running,
  { share, count }: { share: number; count: number },
  strike: () => Promise<void> | void,
): Promise<void> {
  await run.event(() => placed(run) >= share * count);
  const before = placed(run) / count;
  await strike();
  expect(before).toBeGreaterThan(0.1);
  expect(placed(run) / count).toBeLessThan(0.9);
}

/**
 * Resolves, in ms, when more is placed than had been after the fault's end, or all of it; fails when that takes too
 * long.
 */
export async function resumption(run: Running, count: number): Promise<number> {
  const endedAt = performance.now();
  const known = allProgress(run).length;
  const isBack = (): boolean => {
    const since = allProgress(run).slice(known);
    const least = Math.min(...since.map(placedIn));
    return since.some(
      (now) => placedIn(now) > least || (now.producer?.produced === count && now.sum?.waiting === 0),
    );
  };
  // A run that ended while the fault did has gone on, or says why not.
  await within(
    resumeWithinMs,
    'no row',
    run,
    run.event(isBack).catch(() => run.ended),
  );
  const resumedMs = performance.now() - endedAt;
  process.stdout.write(`${expect.getState().currentTestName}: next row after ${Math.round(resumedMs)} ms\n`);
  return resumedMs;
}

/**
 * Does what it is told to while the run is under way, and waits for the run's end; fails, and says how far it is, when
 * that takes too long.
 */
export async function throughout<T>(run: Running, act: () => Promise<T>): Promise<T> {
  try {
    const result = await act();
    await within(endWithinMs, 'no end', run, run.ended);
    return result;
  } finally {
    // One that failed must not be in the way of the next.
    run.process.kill('SIGKILL');
  }
}

async function within(ms: number, failure: string, run: Running, wanted: Promise<unknown>): Promise<void> {
  const inTime = new AbortController();
  const late = delay(ms, undefined, { signal: inTime.signal }).then(() => {
    throw new Error(`${failure} within ${ms} ms: ${JSON.stringify(run.events.at(-1))}`);
  });
  await Promise.race([wanted, late]).finally(() => inTime.abort());
}

export interface Fault {
  /** Begins the fault; told how far the run is. */
  strike: (run: Running) => Promise<void> | void;
  /** Ends it, where it does not end by itself. */
  end?: () => Promise<void> | void;
  lastsMs: number;
}

/**
 * Runs `count` users while `fault` strikes at `share` of them; the run has to end well, soon after the fault does.
 * Resolves with the time from the fault's end to the next row, in ms.
 */
export async function ride(
  lab: Lab,
  amounts: Amounts & { share: number },
  { strike, end, lastsMs }: Fault,
  ...more: string[]
): Promise<number> {
  const before = await inTopic(lab);
  const run = startRun(lab, amounts, ...more);
  const resumedMs = await throughout(run, async () => {
    try {
      await strikeAt(run, amounts, () => strike(run));
      await delay(lastsMs);
    } finally {
      await end?.();
    }
    return resumption(run, amounts.count);
  });
  const ended = await run.ended;
  // Our own clients may have stood in the same weather.
  await eventually('our clients are well', () =>
    Promise.all([lab.broker.clusterId(), lab.database.clusterName()]).then(
      () => true,
      () => false,
    ),
  );
  expect(ended).toMatchObject({ stderr: '', code: 0 });
  expect(ended.events.at(-1)).toMatchObject({ event: 'summary', produced: amounts.count, waiting: 0 });
  await checkEverything(lab, before + amounts.count);
  return resumedMs;
}

async function inTopic(lab: Lab): Promise<number> {
  const ranges = await lab.broker.ranges(usersTopic).catch(() => []);
  return ranges.reduce((sum, { low, high }) => sum + high - low, 0);
}

export function isSpoiled({ headers }: Message): boolean {
  return trace.parse(JSON.parse(headerText(headers, traceHeader) ?? '{}')).spoiled !== undefined;
}

export const placeOf = ({ partition, offset }: Message): string => `${partition}/${offset}`;

/** The messages that have a dead letter, by their place. */
export async function letterPlaces(lab: Lab): Promise<Set<string>> {
  const letters = await lab.messages(usersDeadLetterTopic);
  return new Set(
    letters.map(
      ({ headers }) =>
        `${headerText(headers, letterHeaders.partition)}/${headerText(headers, letterHeaders.offset)}`,
    ),
  );
}

/**
 * Compares the topic with the table and the dead letters, message by message, and each term of the sum with what was
 * counted here. `produced`: what the broker acknowledged, which is the least that the topic holds.
 */
export async function checkEverything(
  lab: Lab,
  produced: number,
  lettersLost: ReadonlySet<string> = new Set(),
): Promise<void> {
  const good = new Set<string>();
  const spoiled = new Set<string>();
  let messages = 0;
  for await (const some of lab.reading(usersTopic)) {
    messages += some.length;
    for (const message of some) {
      if (isSpoiled(message)) spoiled.add(placeOf(message));
      else good.add(message.key?.toString() ?? '');
    }
  }
  expect(messages).toBeGreaterThanOrEqual(produced);
  const rows = await lab.rowIds();
  expect([...good.difference(rows)]).toEqual([]);
  expect([...rows.difference(good)]).toEqual([]);

  const letters = await letterPlaces(lab);
  expect(letters.union(lettersLost)).toEqual(spoiled);
  expect(await lab.topic()).toEqual({
    messages,
    skipped: 0,
    written: messages - spoiled.size,
    deadLetters: spoiled.size,
    waiting: 0,
  });
}

/** The process of a healthy service; 0 while it is not. */
export async function healthyPid(lab: Lab, service: 'kafka' | 'cassandra'): Promise<number> {
  const { services } = await lab.status();
  const found = services.find(({ name }) => name === service);
  return found?.state === 'healthy' ? (found.pid ?? 0) : 0;
}
