// Measures what a change costs: each figure beside a reference of the same run, since a machine's mood moves both.
// `npm run bench`; medians of five on a warm Cassandra; `-- --memory` for what a million messages leave behind, instead. No
// test: nothing here passes or fails.
import { join } from 'node:path';
import cassandra from 'cassandra-driver';
import { exportCsv } from '../../pipeline/export/csv.ts';
import type { OutgoingMessage } from '../../pipeline/kafka/broker.ts';
import { UsersConsumer } from '../../pipeline/users/consumer/consumer.ts';
import { Latencies } from '../../pipeline/users/consumer/latencies.ts';
import { allUsers } from '../../pipeline/users/rows.ts';
import { userColumns, usersKeyspace, usersTable, usersTopic, type User } from '../../words/users.ts';
import { eventually, openLab, type Lab } from '../integration/lab.ts';
import { median, tell } from './figure.ts';
import { latencyLine } from './latency.ts';
import { memoryLine } from './memory.ts';
import { bytesOf, produce, rateOf, someUsers, toMessage } from './messages.ts';
import { copyTo, findsCqlsh, producerPerformance } from './references.ts';
import { ourProducer } from './our-producer.ts';
import { benchSpark } from './spark.ts';

const count = 120_000;
/** The references move by a third from one time to the next. */
const rounds = 5;
/** Writes in flight, as the consumer has them. */
const concurrencyLevel = 256;
const producerTopic = 'bench-producer';
const perfTopic = 'bench-producer-performance';

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

/** As the app runs it, with its hook for the latencies. */
async function openConsumer({ broker, database }: Lab): Promise<UsersConsumer> {
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

/** The rate of a consumer through messages that lie in the topic already. */
async function consume(lab: Lab, messages: readonly OutgoingMessage[]): Promise<number> {
  await produce(lab.broker, usersTopic, messages);
  const consumer = await openConsumer(lab);
  const rate = await rateOf(messages.length, () =>
    eventually('all written', () => consumer.frame().written >= messages.length),
  );
  await consumer.stop();
  return rate;
}

/** As the app exports, with its defaults. */
async function exportAll({ database, dataDir }: Lab): Promise<void> {
  await exportCsv({
    rows: allUsers(database),
    file: join(dataDir, 'bench.csv'),
    columns: userColumns,
    separator: ',',
    bom: false,
    raw: false,
    onProgress: () => undefined,
    signal: new AbortController().signal,
  });
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function pipelineLines(
  lab: Lab,
  client: cassandra.Client,
  rows: readonly User[],
  messages: readonly OutgoingMessage[],
): Promise<void> {
  const size = median(messages.slice(0, 1_000).map(bytesOf));
  const hasCqlsh = await findsCqlsh();
  const plain = { partitions: 3, replication: 1, config: {} };
  await lab.broker.create([producerTopic, perfTopic].map((topic) => ({ topic, ...plain })));
  // The group gets its place before anything is sent, so that it reads all of it.
  await (await openConsumer(lab)).stop();
  // Nothing counts while the one or the other is cold.
  await writeByDriver(client, rows);
  await consume(lab, messages);
  type Name = 'driver' | 'consumer' | 'perf' | 'producer' | 'exported' | 'copied';
  const rates: Record<Name, number[]> = {
    driver: [],
    consumer: [],
    perf: [],
    producer: [],
    exported: [],
    copied: [],
  };
  for (let round = 0; round < rounds; round += 1) {
    const drive = async () => rates.driver.push(await rateOf(count, () => writeByDriver(client, rows)));
    const read = async () => rates.consumer.push(await consume(lab, messages));
    // What one leaves Cassandra to put away is in the other's way: each is first in its turn.
    for (const write of round % 2 === 0 ? [read, drive] : [drive, read]) await write();
    rates.exported.push(await rateOf(count, () => exportAll(lab)));
    if (hasCqlsh) rates.copied.push(await copyTo(lab.addresses.cassandra, join(lab.dataDir, 'copy.csv')));
    say(`round ${round + 1}: ${JSON.stringify(rates)}`);
  }
  // After all else: what they leave to be written to the disk is in everybody's way.
  // In turns, each in a process of its own and cold at first: so many that it does not tell.
  const broker = lab.addresses.kafka;
  for (let round = 0; round < rounds; round += 1) {
    rates.producer.push(await ourProducer({ broker, topic: producerTopic, count: 1_200_000 }));
    rates.perf.push(await producerPerformance({ broker, topic: perfTopic, count: 2_000_000 }, size));
  }
  say(`producer: ${rates.producer.join(', ')}; ProducerPerformance: ${rates.perf.join(', ')}`);
  const reading = { name: 'consumer', unit: 'rows/s', against: 'the driver alone' };
  say(tell({ ...reading, ours: rates.consumer, reference: rates.driver, wanted: 0.8, usual: 27_000 }));
  const sending = { name: 'producer', unit: 'messages/s', against: 'ProducerPerformance' };
  say(tell({ ...sending, ours: rates.producer, reference: rates.perf, wanted: 0.45, usual: 205_000 }));
  const copying = { name: 'export', unit: 'rows/s', against: 'cqlsh COPY TO' };
  say(tell({ ...copying, ours: rates.exported, reference: rates.copied, wanted: 1.7, usual: 36_900 }));
}

async function allLines(lab: Lab): Promise<void> {
  const rows = await someUsers(count);
  const messages = rows.map(toMessage);
  const client = new cassandra.Client({
    contactPoints: [lab.addresses.cassandra],
    localDataCenter: 'datacenter1',
  });
  try {
    await client.connect();
    await pipelineLines(lab, client, rows, messages);
  } finally {
    await client.shutdown();
  }
  say(await latencyLine(lab));
}

const lab = await openLab();
const isMemory = process.argv.includes('--memory');
try {
  await (isMemory ? say(await memoryLine(lab)) : allLines(lab));
} finally {
  await lab.close();
}
if (!isMemory) say(await benchSpark());
process.exit();
