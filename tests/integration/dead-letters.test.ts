// What becomes of every kind of message, through the real broker into the real table: each in exactly one of
// table and dead letters, with the sum holding throughout.
import fc from 'fast-check';
import kafkajs from 'kafkajs';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { UsersConsumer } from '../../pipeline/users/consumer/consumer.ts';
import { addToCounters, type Tally, type Term } from '../../pipeline/users/consumer/ledger.ts';
import { headerText, type Message, type OutgoingMessage } from '../../pipeline/kafka/broker.ts';
import { readVectors } from '../../pipeline/users/testing/vectors.ts';
import { letterHeaders } from '../../words/dead-letters.ts';
import { userColumns, usersDeadLetterTopic, usersTopic } from '../../words/users.ts';
import { eventually, openLab, type Lab } from './lab.ts';

const seed = Number(process.env['RIACHO_SEED'] ?? 20261122);
const cases = 10_000;

/** What a message came to: by its place in the topic, as the letters name it. */
function placeOf(message: Message): string {
  return `${message.partition}/${message.offset}`;
}

function letterPlace({ headers }: Message): string {
  return `${headerText(headers, letterHeaders.partition)}/${headerText(headers, letterHeaders.offset)}`;
}

function record(id: string): Record<string, unknown> {
  const texts = userColumns.map((column) => [column, `${column} de ${id}`]);
  return { ...Object.fromEntries(texts), id, email: `${id}@example.com` };
}

/** A message by construction good or bad; `index` makes its id and key its own. */
type Recipe = { isRow: boolean; value: (index: number) => Buffer | null };

const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));
const column = fc.constantFrom(...userColumns);
const otherColumn = fc.constantFrom(...userColumns.filter((name) => name !== 'id' && name !== 'email'));

const good: fc.Arbitrary<Recipe> = fc.oneof(
  fc.constant<Recipe>({ isRow: true, value: (index) => json(record(`good${index}`)) }),
  fc
    .tuple(otherColumn, fc.oneof(fc.string({ unit: 'grapheme' }), fc.maxSafeInteger(), fc.boolean()))
    .map(([name, text]): Recipe => ({
      isRow: true,
      value: (index) => json({ ...record(`text${index}`), [name]: text }),
    })),
  fc
    .jsonValue()
    .map((extra): Recipe => ({ isRow: true, value: (index) => json({ ...record(`extra${index}`), extra }) })),
);

const bad: fc.Arbitrary<Recipe> = fc.oneof(
  fc.constant<Recipe>({ isRow: false, value: () => null }),
  // Bytes that begin with 0xff are never UTF-8.
  fc
    .uint8Array({ maxLength: 64 })
    .map((bytes): Recipe => ({ isRow: false, value: () => Buffer.from([0xff, ...bytes]) })),
  fc.nat({ max: 200 }).map((length): Recipe => ({
    isRow: false,
    value: (index) => json(record(`cut${index}`)).subarray(0, length),
  })),
  fc
    .jsonValue()
    .filter((value) => value === null || typeof value !== 'object' || Array.isArray(value))
    .map((value): Recipe => ({ isRow: false, value: () => json(value) })),
  fc
    .tuple(column, fc.constantFrom(null, [], {}, ['a'], { a: 1 }, 1.5, 2 ** 53, undefined, '\ud800'))
    .map(([name, value]): Recipe => ({
      isRow: false,
      value: (index) => json({ ...record(`bad${index}`), [name]: value }),
    })),
  fc
    .constantFrom('', 'nobody', 'a@@b.c', 'a@b@c.d', 'a b@c.d', 'a@b..com', '@b.c', 'a@', 'a@b.c ')
    .map((email): Recipe => ({ isRow: false, value: (index) => json({ ...record(`mail${index}`), email }) })),
);

const message: fc.Arbitrary<Recipe> = fc.oneof(good, bad);

describe('messages of every kind', () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await openLab();
  });
  afterAll(async () => {
    await lab?.close();
  });

  async function send(messages: readonly OutgoingMessage[]): Promise<void> {
    const producer = await lab.broker.openProducer();
    for (let from = 0; from < messages.length; from += 500)
      await producer.send(usersTopic, messages.slice(from, from + 500));
    await producer.close();
  }

  /** Runs a consumer in this process until it has caught up, and stops it cleanly. */
  async function consume(tally?: Tally): Promise<void> {
    const consumer = openConsumer(tally);
    await consumer.start();
    await eventually('caught up', () => consumer.isCaughtUp());
    await consumer.stop();
    expect(consumer.frame().state).toEqual({ status: 'done' });
  }

  function openConsumer(tally?: Tally): UsersConsumer {
    const consumer = new UsersConsumer({
      broker: lab.broker,
      database: lab.database,
      mode: 'append',
      ensureTopics: async () => {},
      ...(tally && { tally }),
    });
    onTestFinished(() => consumer.stop());
    return consumer;
  }

  it('decides every vector as the vectors say, keeping key, headers and bytes of what is refused', async () => {
    const consumer = openConsumer();
    await consumer.start();
    const producer = await lab.broker.openProducer();
    // A topic takes 1 MiB with all that stands around a message; the few larger vectors are for units alone.
    const sendable = readVectors().filter(({ value }) => (value?.length ?? 0) < 1_040_000);
    expect(sendable.length).toBeGreaterThan(170);
    const rows = new Map<string, unknown>();
    for (const [index, { name, value, expected }] of sendable.entries()) {
      const before = consumer.frame();
      await producer.send(usersTopic, [{ key: `vector${index}`, value, headers: { 'of-its-own': name } }]);
      await eventually(name, () => {
        const now = consumer.frame();
        return now.written + now.deadLetters > before.written + before.deadLetters;
      });
      // Vectors share their id, so each row is looked at before the next one comes.
      const isWritten = consumer.frame().written > before.written;
      const id = 'row' in expected ? (expected.row['id'] ?? '') : '';
      if (isWritten) rows.set(name, (await lab.database.findUser(id))?.row);
    }
    await producer.close();
    await consumer.stop();
    const letters = new Map(
      (await lab.messages(usersDeadLetterTopic)).map(({ key, value, headers }) => [
        headerText(headers, 'of-its-own') ?? '',
        {
          key: key?.toString(),
          value: value?.toString('base64'),
          reason: headerText(headers, letterHeaders.reason),
        },
      ]),
    );
    const found = sendable.map(({ name }) => ({ name, row: rows.get(name), letter: letters.get(name) }));
    const wanted = sendable.map(({ name, value, expected }, index) => ({
      name,
      row: 'row' in expected ? expected.row : undefined,
      letter:
        'reason' in expected
          ? { key: `vector${index}`, value: value?.toString('base64'), reason: expected.reason }
          : undefined,
    }));
    expect(found).toEqual(wanted);
  });

  it(`puts each of ${cases} generated messages into exactly one of table and dead letters (seed ${seed})`, async () => {
    const before = await lab.topic();
    const earlier = new Set((await lab.messages(usersTopic)).map(placeOf));
    const recipes = fc.sample(message, { seed, numRuns: cases });
    await send(recipes.map(({ value }, index) => ({ key: String(index), value: value(index) })));
    await consume();

    const sent = (await lab.messages(usersTopic)).filter((one) => !earlier.has(placeOf(one)));
    expect(sent).toHaveLength(cases);
    const letters = new Map(
      (await lab.messages(usersDeadLetterTopic)).map((letter) => [letterPlace(letter), letter]),
    );
    const misplaced = sent.filter((one) => {
      const letter = letters.get(placeOf(one));
      const isWhole =
        letter === undefined || (letter.value ?? Buffer.alloc(0)).equals(one.value ?? Buffer.alloc(0));
      return (letter === undefined) !== recipes[Number(one.key)]?.isRow || !isWhole;
    });
    expect(misplaced.map(({ key, value }) => `case ${key?.toString()}: ${value?.toString()}`)).toEqual([]);
    const rows = await lab.rowIds();
    const wanted = recipes.flatMap(({ isRow, value }, index) =>
      isRow ? [String(JSON.parse(String(value(index))).id)] : [],
    );
    expect(wanted.filter((id) => !rows.has(id))).toEqual([]);
    expect([...rows].filter((id) => /^(bad|cut|mail)\d+$/.test(id))).toEqual([]);

    const after = await lab.topic();
    expect(after.written - before.written).toBe(wanted.length);
    expect(after.deadLetters - before.deadLetters).toBe(cases - wanted.length);
    expect(after.messages).toBe(after.skipped + after.written + after.deadLetters + after.waiting);
    expect(after.waiting).toBe(0);
  });

  it('counts the markers of a transaction as skipped', async () => {
    const before = await lab.topic();
    await transact(3);
    await consume();
    const after = await lab.topic();
    expect(after.written - before.written).toBe(3);
    // One marker in each partition that the transaction wrote to.
    expect(after.skipped - before.skipped).toBeGreaterThan(0);
    expect(after.messages - before.messages).toBe(3 + after.skipped - before.skipped);
    expect(after.waiting).toBe(0);
  });

  async function transact(count: number): Promise<void> {
    const { Kafka, logLevel } = kafkajs;
    const kafka = new Kafka({ brokers: [lab.addresses.kafka], logLevel: logLevel.NOTHING });
    const producer = kafka.producer({
      transactionalId: 'riacho-test',
      maxInFlightRequests: 1,
      idempotent: true,
    });
    await producer.connect();
    const transaction = await producer.transaction();
    const messages = Array.from({ length: count }, (_, index) => ({
      value: JSON.stringify(record(`transaction${index}`)),
    }));
    await transaction.send({ topic: usersTopic, messages });
    await transaction.commit();
    await producer.disconnect();
  }

  it.each<Term>(['written', 'deadLetters', 'skipped'])(
    'notices when one increment of %s is dropped',
    async (term) => {
      let isDropped = false;
      const dropping: Tally = (counters, raised, count) => {
        const drop = raised === term && !isDropped ? 1 : 0;
        if (drop > 0) isDropped = true;
        addToCounters(counters, raised, count - drop);
      };
      await transact(2);
      await send([{ key: null, value: Buffer.from('not json') }]);
      await consume(dropping);
      expect(isDropped).toBe(true);
      const sum = await lab.topic();
      expect(sum.messages).not.toBe(sum.skipped + sum.written + sum.deadLetters + sum.waiting);
      // From the beginning everything is counted anew, and the sum holds again.
      const again = await lab.cli('consume', '--mode', 'initial', '--until-idle', '500ms', '--json');
      expect(again.code).toBe(0);
      const whole = await lab.topic();
      expect(whole.messages).toBe(whole.skipped + whole.written + whole.deadLetters + whole.waiting);
    },
  );

  it('keeps a letter cut, and says so, when the dead letters’ topic takes only small messages', async () => {
    const { Kafka, logLevel, ConfigResourceTypes } = kafkajs;
    const admin = new Kafka({ brokers: [lab.addresses.kafka], logLevel: logLevel.NOTHING }).admin();
    await admin.connect();
    const limit = { name: 'max.message.bytes', value: '100000' };
    await admin.alterConfigs({
      validateOnly: false,
      resources: [{ type: ConfigResourceTypes.TOPIC, name: usersDeadLetterTopic, configEntries: [limit] }],
    });
    await admin.disconnect();
    const value = Buffer.alloc(900_000, 'x');
    await send([{ key: 'large', value }]);
    await consume();
    const letter = (await lab.messages(usersDeadLetterTopic)).find(({ key }) => key?.toString() === 'large');
    expect(headerText(letter?.headers ?? {}, letterHeaders.cut)).toBe('900000');
    expect(letter?.value?.length).toBeGreaterThan(10_000);
    expect(value.subarray(0, letter?.value?.length).equals(letter?.value ?? Buffer.alloc(0))).toBe(true);
  });

  it('ends the run, refusing nothing, when the table is dropped under it', async () => {
    await lab.database.execute('DROP TABLE dsa_dados_usuarios.tb_usuarios', 1);
    const before = await lab.messages(usersDeadLetterTopic);
    const consumer = openConsumer();
    await consumer.start();
    await send([{ key: null, value: json(record('orphan')) }]);
    await eventually('the run fails', () => consumer.frame().state.status === 'failed');
    await consumer.stop();
    expect(consumer.frame().state).toMatchObject({ status: 'failed', fault: { code: 'TABLE_MISSING' } });
    expect(await lab.messages(usersDeadLetterTopic)).toHaveLength(before.length);
    expect((await lab.topic()).waiting).toBe(1);
  });
});
