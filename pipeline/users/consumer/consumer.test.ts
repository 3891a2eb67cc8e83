// The consumer's promises on a broker and a table in memory: every message becomes a row or a letter, what was not
// safe is written again, and the sum holds wherever it stands.
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { letterHeaders } from '../../../words/dead-letters.ts';
import { sumHolds, type ConsumerMode } from '../../../words/runs.ts';
import { userColumns, usersDeadLetterTopic, usersTopic } from '../../../words/users.ts';
import { RowRefusedError } from '../../cassandra/database.ts';
import { headerText } from '../../kafka/broker.ts';
import { brokerGone, FakeBroker } from '../testing/fake-broker.ts';
import { FakeDatabase, nodeGone } from '../testing/fake-database.ts';
import { UsersConsumer, type ConsumerOptions } from './consumer.ts';
import { sumOf, toPosition } from './position.ts';

function userJson(id: string, changes: object = {}): string {
  const user = Object.fromEntries(userColumns.map((column) => [column, `${column} of ${id}`]));
  return JSON.stringify({ ...user, id, email: 'a@b.example', ...changes });
}

/** How long a test waits for what must come, and how often it looks. */
const patience = { timeout: 4_000, interval: 5 };

const ids = (from: number, count: number) => Array.from({ length: count }, (_, index) => `u${from + index}`);
const good = (from: number, count: number) => ids(from, count).map((id) => userJson(id));

function lab() {
  const broker = new FakeBroker();
  const database = new FakeDatabase();
  /** Starts a consumer that is stopped with the test at the latest. */
  async function start(mode: ConsumerMode, more: Partial<ConsumerOptions> = {}): Promise<UsersConsumer> {
    const ensureTopics = () => Promise.resolve();
    const consumer = new UsersConsumer({ broker, database, mode, ensureTopics, ...more });
    onTestFinished(() => consumer.stop());
    await consumer.start();
    return consumer;
  }
  /** The sum as somebody who only asks the broker sees it. */
  async function sum() {
    const committed = await broker.positions();
    const ranges = await broker.ranges(usersTopic);
    const positionOf = (range: (typeof ranges)[number]) =>
      toPosition(
        committed.find(({ partition }) => partition === range.partition),
        range,
      );
    return sumOf(ranges, new Map(ranges.map((range) => [range.partition, positionOf(range)])));
  }
  return { broker, database, start, sum, ids: () => [...database.rows.keys()].sort() };
}

/** Waits until the consumer has dealt with everything there is. */
async function caughtUp(consumer: UsersConsumer): Promise<void> {
  await vi.waitFor(async () => expect(await consumer.isCaughtUp()).toBe(true), patience);
}

describe('mode initial', () => {
  it('takes everything from the beginning, once, and leaves the whole sum with the broker', async () => {
    const { broker, database, start, sum } = lab();
    broker.put(usersTopic, ...good(0, 30), 'no json', null, userJson('x', { email: 'nobody' }));
    const consumer = await start('initial');
    expect(broker.commits.slice(0, 3).map(({ partition, offset }) => [partition, offset])).toEqual([
      [0, 0],
      [1, 0],
      [2, 0],
    ]);
    await caughtUp(consumer);
    broker.put(usersTopic, ...good(30, 5));
    await caughtUp(consumer);
    await consumer.stop();
    expect([...database.rows.keys()].sort()).toEqual(ids(0, 35).sort());
    expect(database.rows.get('u3')).toEqual(JSON.parse(userJson('u3')));
    const reasons = broker
      .messages(usersDeadLetterTopic)
      .map(({ headers }) => headerText(headers, letterHeaders.reason));
    expect(reasons).toEqual(expect.arrayContaining(['bad-email', 'not-json', 'null-value']));
    expect(reasons).toHaveLength(3);
    expect(consumer.frame()).toMatchObject({
      state: { status: 'done' },
      written: 35,
      deadLetters: 3,
      skipped: 0,
      waiting: 0,
      rewinds: 0,
      lost: 0,
    });
    expect(await sum()).toEqual({ inTopic: 38, skipped: 0, written: 35, deadLetters: 3, waiting: 0 });
    expect(broker.openProducers).toBe(0);
  });

  it('begins anew where a run before it stood, with nothing counted', async () => {
    const { broker, database, start, sum } = lab();
    broker.put(usersTopic, ...good(0, 9));
    for (const written of [9, 9]) {
      const consumer = await start('initial');
      await caughtUp(consumer);
      await consumer.stop();
      expect(consumer.frame()).toMatchObject({ written });
    }
    expect(database.written).toHaveLength(18);
    expect(await sum()).toMatchObject({ inTopic: 9, written: 9 });
  });
});

describe('mode append', () => {
  it('begins at the end where the group stands nowhere, and has committed that before it says so', async () => {
    const { broker, start, sum, ids: rows } = lab();
    broker.put(usersTopic, ...good(0, 10));
    const consumer = await start('append');
    expect(broker.commits.map(({ offset }) => offset)).toEqual([4, 3, 3]);
    broker.put(usersTopic, ...good(10, 4));
    await caughtUp(consumer);
    await consumer.stop();
    expect(rows()).toEqual(ids(10, 4));
    expect(await sum()).toEqual({ inTopic: 14, skipped: 10, written: 4, deadLetters: 0, waiting: 0 });
  });

  it('goes on where the group stands, its counters with it', async () => {
    const { broker, database, start, sum } = lab();
    broker.put(usersTopic, ...good(0, 6));
    const first = await start('initial');
    await caughtUp(first);
    await first.stop();
    broker.put(usersTopic, ...good(6, 6), 'no json');
    const second = await start('append');
    await caughtUp(second);
    await second.stop();
    expect(second.frame()).toMatchObject({ written: 6, deadLetters: 1, skipped: 0 });
    expect(database.written).toHaveLength(12);
    expect(await sum()).toEqual({ inTopic: 13, skipped: 0, written: 12, deadLetters: 1, waiting: 0 });
  });
});

describe('a lost Cassandra node', () => {
  it('makes the run wait, go back to the last commit and write again, missing no row', async () => {
    const { broker, database, start, sum, ids: rows } = lab();
    database.upsertFaults.push(undefined, undefined, nodeGone);
    broker.put(usersTopic, ...good(0, 12));
    const consumer = await start('initial');
    await caughtUp(consumer);
    await consumer.stop();
    expect(rows()).toEqual(ids(0, 12).sort());
    expect(consumer.frame()).toMatchObject({ state: { status: 'done' }, written: 12, rewinds: 1 });
    expect(await sum()).toMatchObject({ written: 12, waiting: 0 });
  });

  it('that came back between two writes, so that no write failed, costs no acknowledged row either', async () => {
    const { broker, database, start, sum, ids: rows } = lab();
    database.onWritten = () => {
      if (database.written.length === 12) database.restart((id) => id !== 'u0');
    };
    broker.put(usersTopic, ...good(0, 12));
    const consumer = await start('initial');
    await vi.waitFor(() => expect(consumer.frame()).toMatchObject({ rewinds: 1 }), patience);
    await caughtUp(consumer);
    await consumer.stop();
    expect(rows()).toEqual(ids(0, 12).sort());
    expect(consumer.frame()).toMatchObject({ written: 12, waiting: 0 });
    expect(await sum()).toMatchObject({ written: 12, waiting: 0 });
  });

  it('that dies right after the last acknowledgement is not mistaken for the end: caught up is what is safe', async () => {
    const { broker, database, start, sum, ids: rows } = lab();
    database.syncMs = 60;
    database.onWritten = () => {
      if (database.written.length === 12) database.restart(() => true);
    };
    broker.put(usersTopic, ...good(0, 12));
    const consumer = await start('initial');
    await caughtUp(consumer);
    // Seen at this very moment: who stops now, on the strength of that answer, must have it all.
    expect(rows()).toEqual(ids(0, 12).sort());
    await consumer.stop();
    expect(consumer.frame()).toMatchObject({ written: 12, waiting: 0, rewinds: 1 });
    expect(await sum()).toMatchObject({ written: 12, waiting: 0 });
  });

  it('cannot take a committed row along: nothing is committed before two sync periods are over', async () => {
    const { broker, database, start } = lab();
    database.syncMs = 60;
    let writtenAt = 0;
    const agesMs: number[] = [];
    database.onWritten = () => (writtenAt = performance.now());
    broker.onCommit = (positions) => {
      if (positions.some(({ offset }) => offset > 0)) agesMs.push(performance.now() - writtenAt);
    };
    broker.put(usersTopic, ...good(0, 6));
    const consumer = await start('initial');
    await caughtUp(consumer);
    await consumer.stop();
    expect(agesMs.length).toBeGreaterThan(0);
    expect(Math.min(...agesMs)).toBeGreaterThanOrEqual(120);
  });
});

describe('a row that the table refuses', () => {
  it('is a dead letter, and the rows around it are written', async () => {
    const { broker, database, start, sum } = lab();
    database.upsertFaults.push(undefined, new RowRefusedError('too large'));
    broker.put(usersTopic, ...good(0, 5));
    const consumer = await start('initial');
    await caughtUp(consumer);
    await consumer.stop();
    const letters = broker.messages(usersDeadLetterTopic);
    expect(letters.map(({ headers }) => headerText(headers, letterHeaders.reason))).toEqual([
      'refused-by-table',
    ]);
    expect(database.rows.size).toBe(4);
    expect(await sum()).toEqual({ inTopic: 5, skipped: 0, written: 4, deadLetters: 1, waiting: 0 });
  });
});

describe('a lost broker', () => {
  it('keeps a letter until it is taken, and makes the topic again that had vanished', async () => {
    const { broker, start, sum } = lab();
    const ensureTopics = vi.fn<() => Promise<void>>(() => Promise.resolve());
    broker.sendFaults.push(brokerGone);
    broker.put(usersTopic, 'no json');
    const consumer = await start('initial', { ensureTopics });
    await caughtUp(consumer);
    expect(ensureTopics).toHaveBeenCalledOnce();
    expect(consumer.frame().state).toEqual({ status: 'running' });
    await consumer.stop();
    expect(broker.messages(usersDeadLetterTopic)).toHaveLength(1);
    expect(await sum()).toMatchObject({ deadLetters: 1, waiting: 0 });
  });

  it('and a new generation drop what was not committed, and read it again', async () => {
    const { broker, database, start, sum } = lab();
    broker.put(usersTopic, ...good(0, 9));
    const consumer = await start('initial');
    await vi.waitFor(
      () => expect(broker.commits.filter(({ offset }) => offset === 3)).toHaveLength(3),
      patience,
    );
    database.onWritten = () => {
      if (database.written.length === 15) broker.rejoin();
    };
    broker.put(usersTopic, ...good(9, 9));
    await caughtUp(consumer);
    await consumer.stop();
    // Nine that were committed, some that were dropped with the generation, and all nine of these in the next one.
    expect(database.written.length).toBeGreaterThanOrEqual(9 + 6 + 9);
    expect(consumer.frame()).toMatchObject({ written: 18 });
    expect(await sum()).toEqual({ inTopic: 18, skipped: 0, written: 18, deadLetters: 0, waiting: 0 });
  });
});

describe('the sum', () => {
  it.each(['written', 'deadLetters', 'skipped'] as const)(
    'does not hold when one increment of %s was dropped on the way',
    async (dropped) => {
      const { broker, start, sum } = lab();
      let isDropped = false;
      broker.put(usersTopic, ...good(0, 4), 'no json');
      const consumer = await start('initial', {
        tally: (counters, term, count) => {
          const lacks = term === dropped && !isDropped ? 1 : 0;
          isDropped ||= lacks === 1;
          counters[term] += count - lacks;
        },
      });
      await caughtUp(consumer);
      await consumer.stop();
      // Nothing is skipped here, so nothing of that can be dropped.
      expect(sumHolds(await sum())).toBe(dropped === 'skipped');
      expect(isDropped).toBe(dropped !== 'skipped');
    },
  );
});

describe('a start', () => {
  it('that cannot read positions for good fails with the reason, and leaves nothing open', async () => {
    const { broker, database } = lab();
    database.syncPeriodMs = () => Promise.reject(nodeGone);
    const consumer = new UsersConsumer({
      broker,
      database,
      mode: 'append',
      ensureTopics: async () => undefined,
    });
    await expect(consumer.start()).rejects.toBe(nodeGone);
    expect(consumer.frame().state).toEqual({ status: 'failed', fault: nodeGone.fault });
    expect(broker.openProducers).toBe(0);
    expect(await broker.members()).toBe(0);
  });
});
