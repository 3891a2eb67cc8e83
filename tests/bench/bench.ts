// Measures what a change costs: each figure beside a reference of the same run, since a machine's mood moves both.
// `npm run bench`; medians of three on a warm Cassandra. No test: nothing here passes or fails.
import cassandra from 'cassandra-driver';
import { UsersConsumer } from '../../pipeline/users/consumer/consumer.ts';
import { Latencies } from '../../pipeline/users/consumer/latencies.ts';
import { createOfflineSource } from '../../pipeline/users/sources/offline.ts';
import { newId, toUser } from '../../pipeline/users/to-user.ts';
import { traceHeader } from '../../words/runs.ts';
import { userColumns, usersKeyspace, usersTable, usersTopic, type User } from '../../words/users.ts';
import { benchSpark } from './spark.ts';
import { eventually, openLab, type Lab } from '../integration/lab.ts';

const count = 60_000;
const rounds = 3;
/** Writes in flight, as the consumer has them. */
const concurrencyLevel = 256;
const batch = 1_000;

async function users(): Promise<User[]> {
  const source = createOfflineSource({ seed: 1 });
  const all: User[] = [];
  while (all.length < count) {
    const taken = await source.take(count - all.length, new AbortController().signal);
    all.push(...taken.users.map((raw) => toUser(raw, newId())));
  }
  return all;
}

/** Things a second. */
async function rate(work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return Math.round(count / ((performance.now() - startedAt) / 1_000));
}

/** The reference: the driver alone, the same rows from memory. */
async function writeByDriver(client: cassandra.Client, rows: readonly User[]): Promise<void> {
  const marks = userColumns.map(() => '?').join(', ');
  const statement = `INSERT INTO ${usersKeyspace}.${usersTable} (${userColumns.join(', ')}) VALUES (${marks})`;
  const parameters = rows.map((row) => userColumns.map((column) => row[column]));
  await cassandra.concurrent.executeConcurrent(client, statement, parameters, {
    concurrencyLevel,
    collectResults: false,
  });
}

async function produce({ broker }: Pick<Lab, 'broker'>, rows: readonly User[]): Promise<void> {
  const producer = await broker.openProducer();
  for (let from = 0; from < rows.length; from += batch) {
    const messages = rows.slice(from, from + batch);
    await producer.send(
      usersTopic,
      messages.map((row) => ({
        key: row.id,
        value: Buffer.from(JSON.stringify(row)),
        headers: {
          [traceHeader]: JSON.stringify({ v: 1, fetchedAt: 1, sentAt: Date.now(), source: 'offline' }),
        },
      })),
    );
  }
  await producer.close();
}

/** As the app runs it, with its hook for the latencies. */
async function openConsumer(lab: Lab): Promise<UsersConsumer> {
  const { broker, database } = lab;
  const latencies = new Latencies();
  const consumer = new UsersConsumer({
    broker,
    database,
    mode: 'append',
    ensureTopics: async () => {},
    onWritten: (message) => latencies.note(message, Date.now()),
  });
  await consumer.start();
  return consumer;
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

const rows = await users();
const lab = await openLab();
const client = new cassandra.Client({
  contactPoints: [lab.addresses.cassandra],
  localDataCenter: 'datacenter1',
});
try {
  await client.connect();
  await writeByDriver(client, rows);
  // The group gets its place before anything is sent, so that it reads all of it.
  await (await openConsumer(lab)).stop();
  const figures: { driver: number; producer: number; consumer: number }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const driver = await rate(() => writeByDriver(client, rows));
    const producer = await rate(() => produce(lab, rows));
    const consumer = await openConsumer(lab);
    const consumed = await rate(() => eventually('all written', () => consumer.frame().written >= count));
    await consumer.stop();
    figures.push({ driver, producer, consumer: consumed });
    process.stdout.write(`round ${round + 1}: ${JSON.stringify(figures.at(-1))}\n`);
  }
  const driver = median(figures.map((figure) => figure.driver));
  const consumer = median(figures.map((figure) => figure.consumer));
  const ratio = median(figures.map((figure) => figure.consumer / figure.driver));
  process.stdout.write(
    `driver alone ${driver} rows/s, consumer ${consumer} rows/s, ratio ${ratio.toFixed(2)}\n`,
  );
  process.stdout.write(`producer ${median(figures.map((figure) => figure.producer))} records/s\n`);
} finally {
  await client.shutdown();
  await lab.close();
}
process.stdout.write(`${await benchSpark((broker) => produce({ broker }, rows), { count, rounds })}\n`);
process.exit();
