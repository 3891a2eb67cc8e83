import { describe, expect, it } from 'vitest';
import { traceHeader } from '../../words/runs.ts';
import { userColumns, usersTopic, type User } from '../../words/users.ts';
import type { Message } from '../kafka/broker.ts';
import { decide } from './decide.ts';
import { findMessageOfRow, wayOf } from './record-way.ts';
import { FakeBroker } from './testing/fake-broker.ts';
import { FakeDatabase } from './testing/fake-database.ts';

function json(id: string, changes: Partial<User> = {}): Buffer {
  const texts = Object.fromEntries(userColumns.map((column) => [column, column]));
  return Buffer.from(JSON.stringify({ ...texts, id, email: 'a@b.co', ...changes }));
}

function message(value: Buffer | null, headers: Message['headers'] = {}): Message {
  return { partition: 1, offset: 5, timestamp: 7, key: Buffer.from('key'), value, headers };
}

async function databaseWith(value: Buffer): Promise<FakeDatabase> {
  const database = new FakeDatabase();
  const decision = decide(value);
  if ('row' in decision) await database.upsert(decision.row);
  return database;
}

describe('what became of a message', () => {
  const place = { partition: 1, offset: 5, key: 'key', inTopicAt: 7 };

  it('is a row, with the times of its way', async () => {
    const trace = { v: 1, fetchedAt: 1, sentAt: 2, source: 'replay', spoiled: 'null-field' };
    const headers = { [traceHeader]: Buffer.from(JSON.stringify(trace)) };
    const value = json('a');
    const way = await wayOf(message(value, headers), await databaseWith(value), 6);
    expect(way).toEqual({
      ...place,
      fetchedAt: 1,
      sentAt: 2,
      source: 'replay',
      spoiled: 'null-field',
      fate: { status: 'written', writtenAt: 0 },
      row: JSON.parse(value.toString()),
    });
  });

  it('is nothing yet while its offset was not decided, though a row of its id is there', async () => {
    const value = json('a');
    const way = await wayOf(message(value), await databaseWith(value), 5);
    expect(way).toEqual({ ...place, fate: { status: 'waiting' } });
  });

  it('is a dead letter, for the reason its bytes give', async () => {
    const way = await wayOf(message(null), new FakeDatabase(), 6);
    expect(way.fate).toEqual({ status: 'dead-letter', reason: 'null-value' });
  });

  it('is no row where none bears its id', async () => {
    const way = await wayOf(message(json('a')), new FakeDatabase(), 6);
    expect(way.fate).toEqual({ status: 'no-row' });
  });

  it('is told without times where the trace cannot be read', async () => {
    const way = await wayOf(message(null, { [traceHeader]: Buffer.from('{"v":2}') }), new FakeDatabase(), 0);
    expect(way).toEqual({ ...place, fate: { status: 'waiting' } });
  });
});

describe('the message of a row', () => {
  const look = (broker: FakeBroker, id: string, seen: [number, number][] = []) =>
    findMessageOfRow(broker, {
      id,
      signal: new AbortController().signal,
      progress: (scanned, total) => void seen.push([scanned, total]),
    });

  it.each(['one', 'two', 'three', 'four'])(
    'is found wherever it lies, the last one of its id (%s)',
    async (id) => {
      const broker = new FakeBroker();
      broker.put(usersTopic, json('x'), json('y'), json(id, { phone: 'old' }));
      broker.put(usersTopic, 'not json', null, json(id, { phone: 'new' }), json('z'));
      const found = await look(broker, id);
      expect(found).toMatchObject({ partition: 2, offset: 1 });
    },
  );

  it('is gone where all were looked at, and it says how many', async () => {
    const broker = new FakeBroker();
    broker.put(usersTopic, json('x'), json('y'), json('one'), 'one', json('oneself'));
    const seen: [number, number][] = [];
    expect(await look(broker, 'none', seen)).toBeUndefined();
    expect([seen[0], seen.at(-1)]).toEqual([
      [0, 5],
      [5, 5],
    ]);
  });
});
