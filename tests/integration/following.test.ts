// One record's way, both ways, and dead letters put back once, on the real broker and the real table.
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { Letters } from '../../app/letters.ts';
import { headerText, type Message } from '../../pipeline/kafka/broker.ts';
import { openKafkajsBroker } from '../../pipeline/kafka/kafkajs-broker.ts';
import { partitionOf } from '../../pipeline/kafka/partition-of.ts';
import type { MessagePlace } from '../../words/browse.ts';
import { letterHeaders } from '../../words/dead-letters.ts';
import { sumHolds, traceHeader, trace } from '../../words/runs.ts';
import { userColumns, usersDeadLetterTopic, usersTopic, type User } from '../../words/users.ts';
import { codeOf, openBrowsingLab, type BrowsingLab } from './browsing-lab.ts';
import { eventually } from './lab.ts';

let lab: BrowsingLab;
beforeAll(async () => {
  lab = await openBrowsingLab();
});
afterAll(async () => {
  await lab?.close();
});

const users = z.record(z.enum(userColumns), z.string());

function user(id: string): User {
  const texts = Object.fromEntries(userColumns.map((column) => [column, `${column} de ${id}`]));
  return users.parse({ ...texts, id, email: `${id}@example.com` });
}

/** Starts the consumer for the rest of the test. */
async function consume(): Promise<void> {
  await lab.client.consumer.start({ mode: 'append' });
  onTestFinished(() => lab.client.consumer.stop());
}

async function caughtUp(): Promise<void> {
  await eventually('caught up', () => lab.client.consumer.isCaughtUp());
}

async function sumMustHold(): Promise<void> {
  const sum = await lab.client.topic.sum();
  expect({ sum, holds: sumHolds(sum) }).toEqual({ sum, holds: true });
}

describe('a record followed', () => {
  it('leads from its message to its row and from the row to the message, once it is written', async () => {
    await lab.produce(300);
    const place = await lab.client.messages.produce({ kind: 'good' });
    const { session } = await lab.client.follow.open({ by: 'message', ...place });
    const first = await lab.client.follow.next({ session, after: 0 });
    expect(first.frame).toMatchObject({
      status: 'found',
      record: { ...place, source: 'offline', fate: { status: 'waiting' } },
    });
    // Nobody was there when `append` is first chosen: all that lies there would be skipped.
    await lab.client.consumer.start({ mode: 'initial' });
    onTestFinished(() => lab.client.consumer.stop());
    let { frame, version } = first;
    await eventually('it is written', async () => {
      ({ frame, version } = await lab.client.follow.next({ session, after: version }));
      return frame.record?.fate.status === 'written';
    });
    await lab.client.follow.close({ session });
    const { record } = frame;
    const { fetchedAt = 0, sentAt = 0, inTopicAt = 0, row } = record ?? {};
    const writtenAt = record?.fate.status === 'written' ? record.fate.writtenAt : 0;
    expect([fetchedAt, sentAt, inTopicAt, writtenAt].toSorted((a, b) => a - b)).toEqual([
      fetchedAt,
      sentAt,
      inTopicAt,
      writtenAt,
    ]);
    expect(fetchedAt).toBeGreaterThan(0);
    expect(row?.['id']).toBe(record?.key);

    const back = await lab.followRow(record?.key ?? '');
    expect(back).toMatchObject({ status: 'found', record: { ...place, row } });
    expect(back.total).toBe(301);
  });

  it('is found though its key is not its id, the last one where there are several', async () => {
    await consume();
    const id = 'of-another-key';
    const elsewhere =
      ['a', 'b', 'c', 'd', 'e'].find((key) => partitionOf(key, 3) !== partitionOf(id, 3)) ?? '';
    const producer = await lab.broker.openProducer();
    const value = Buffer.from(JSON.stringify(user(id)));
    await producer.send(usersTopic, [{ key: elsewhere, value }]);
    const [second] = await producer.send(usersTopic, [{ key: elsewhere, value }]);
    await producer.close();
    await caughtUp();
    expect(await lab.followRow(id)).toMatchObject({
      status: 'found',
      record: {
        partition: second?.partition,
        offset: second?.offset,
        key: elsewhere,
        fate: { status: 'written' },
      },
    });
  });

  it('is gone when no message of the topic is that of the row', async () => {
    await lab.database.upsert(user('from-elsewhere'));
    const frame = await lab.followRow('from-elsewhere');
    expect(frame).toMatchObject({ status: 'gone' });
    expect(frame.scanned).toBeGreaterThan(300);
    expect(await codeOf(lab.client.follow.open({ by: 'message', partition: 0, offset: 9_999_999 }))).toBe(
      'MESSAGE_GONE',
    );
  });

  it('that nobody asks for any more stops looking', async () => {
    const { session } = await lab.client.follow.open({ by: 'row', id: 'nowhere' });
    await lab.client.follow.close({ session });
    await eventually('no group is left', async () => (await lab.browseGroups()).length === 0);
    expect(await codeOf(lab.client.follow.next({ session, after: 0 }))).toBe('SESSION_GONE');
  });
});

describe('a dead letter', () => {
  const mendedOf = (value: string | undefined): string =>
    JSON.stringify({ ...JSON.parse(value ?? ''), email: 'mended@example.com' });

  /** Lets a bad message become a letter; its place and its value. */
  async function letter(): Promise<{ place: MessagePlace; value: string }> {
    const place = await lab.client.messages.produce({ kind: 'bad-email' });
    await caughtUp();
    const { value } = await lab.client.messages.get({ topic: usersTopic, ...place });
    return { place, value: value?.content ?? '' };
  }

  async function lettersOf(place: MessagePlace): Promise<Message[]> {
    const all = await lab.messages(usersDeadLetterTopic);
    return all.filter(
      ({ headers }) =>
        headerText(headers, letterHeaders.partition) === String(place.partition) &&
        headerText(headers, letterHeaders.offset) === String(place.offset),
    );
  }

  it('that was mended is put back once, becomes a row, and is marked', async () => {
    await consume();
    const { place, value } = await letter();
    const mended = mendedOf(value);
    expect(await lab.client.deadLetters.judge({ value })).toEqual({ reason: 'bad-email', field: 'email' });
    expect(await lab.client.deadLetters.judge({ value: mended })).toEqual({});
    const before = await lab.messages(usersTopic);
    const { letters: lettersBefore, total } = await lab.client.deadLetters.read({ limit: 1 });
    expect(lettersBefore[0]?.putBackAt).toBeUndefined();

    const twice = [0, 1].map(() => codeOf(lab.client.deadLetters.putBack({ ...place, value: mended })));
    expect(await Promise.all(twice)).toEqual([undefined, 'LETTER_PUT_BACK']);
    await caughtUp();
    const known = new Set(before.map(({ partition, offset }) => `${partition}/${offset}`));
    const after = await lab.messages(usersTopic);
    const fresh = after.filter(({ partition, offset }) => !known.has(`${partition}/${offset}`));
    expect(fresh).toHaveLength(1);
    const [sent] = fresh;
    const { id } = JSON.parse(mended);
    expect(sent).toMatchObject({ key: Buffer.from(id), value: Buffer.from(mended) });
    expect(Object.keys(sent?.headers ?? {})).toEqual([traceHeader]);
    expect(
      trace.parse(JSON.parse(headerText(sent?.headers ?? {}, traceHeader) ?? '')).spoiled,
    ).toBeUndefined();
    expect((await lab.database.findUser(id))?.row.email).toBe('mended@example.com');
    const now = await lab.client.deadLetters.read({ limit: 1 });
    expect(now).toMatchObject({
      total,
      letters: [{ sourceOffset: place.offset, putBackAt: expect.any(String) }],
    });
    await sumMustHold();
  });

  it('is put back once though two apps try at the same time', async () => {
    await consume();
    const { place, value } = await letter();
    const mended = { ...place, value: mendedOf(value) };
    const brokers = [0, 1].map(() => openKafkajsBroker({ brokers: [lab.addresses.kafka] }));
    const apps = brokers.map(
      (broker) =>
        new Letters({
          ...lab.connections,
          open: async () => ({ ...(await lab.connections.open()), broker }),
        }),
    );
    const codes = await Promise.all(apps.map((letters) => codeOf(letters.putBack(mended))));
    await Promise.all(brokers.map((broker) => broker.close()));
    expect(new Set(codes)).toEqual(new Set([undefined, 'LETTER_PUT_BACK']));
    expect(await lettersOf(place)).toHaveLength(2);
    await caughtUp();
    await sumMustHold();
  });

  it('that Kafka does not take leaves nothing behind, and the next try is the first', async () => {
    await consume();
    const { place, value } = await letter();
    const huge = { ...place, value: 'x'.repeat(1_048_576) };
    expect(await codeOf(lab.client.deadLetters.putBack(huge))).toBe('MESSAGE_TOO_LARGE');
    expect(await lettersOf(place)).toHaveLength(1);
    const startedMs = performance.now();
    expect(
      await codeOf(lab.client.deadLetters.putBack({ ...place, value: mendedOf(value) })),
    ).toBeUndefined();
    // Both topics end with a transaction's marker: no message will ever come for the last offset.
    await lab.client.deadLetters.read({});
    expect(performance.now() - startedMs).toBeLessThan(8_000);
    await caughtUp();
    await sumMustHold();
  });

  it('is told of its message, with the time of its refusal as soon as it is found', async () => {
    await consume();
    const { place } = await letter();
    const { session } = await lab.client.follow.open({ by: 'message', ...place });
    let answer = await lab.client.follow.next({ session, after: 0 });
    const { inTopicAt = 0 } = answer.frame.record ?? {};
    await eventually('its letter is found', async () => {
      answer = await lab.client.follow.next({ session, after: answer.version });
      const fate = answer.frame.record?.fate;
      return fate?.status === 'dead-letter' && (fate.refusedAt ?? 0) >= inTopicAt;
    });
    expect(answer.frame).toMatchObject({
      status: 'found',
      record: { ...place, spoiled: 'bad-email', fate: { reason: 'bad-email' } },
    });
    await lab.client.follow.close({ session });
  });

  it('that never was cannot be put back', async () => {
    const none = { partition: 1, offset: 9_999_999, value: '{}' };
    expect(await codeOf(lab.client.deadLetters.putBack(none))).toBe('LETTER_GONE');
  });
});
