// Measures what a change costs: each figure beside a reference of the same run, since a machine's mood moves both.
// `npm run bench`; medians of five on a warm Cassandra; `-- --memory` for what a million messages leave behind, instead. No
// test: nothing here passes or fails.
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { exportCsv } from '../../pipeline/export/csv.ts';
import { allUsers } from '../../pipeline/users/rows.ts';
import { userColumns, usersTopic } from '../../words/users.ts';
import { openLab, type Lab } from '../integration/lab.ts';
import { median, tell } from './figure.ts';
import { latencyLine } from './latency.ts';
import { memoryLine } from './memory.ts';
import { bytesOf, produce, rateOf, someUsers, toMessage } from './messages.ts';
import { copyTo, findsCqlsh, producerPerformance } from './references.ts';
import { ourProducer } from './our-producer.ts';
import { benchSpark } from './spark.ts';
import { openWriter, type Writer } from './writer.ts';

const count = 120_000;
/** The references move by a third from one time to the next. */
const rounds = 5;
const restMs = 3_000;
const producerTopic = 'bench-producer';
const perfTopic = 'bench-producer-performance';

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

async function pipelineLines(lab: Lab, driver: Writer, consumer: Writer): Promise<void> {
  const messages = (await someUsers(count)).map(toMessage);
  const size = median(messages.slice(0, 1_000).map(bytesOf));
  const hasCqlsh = await findsCqlsh();
  const plain = { partitions: 3, replication: 1, config: {} };
  await lab.broker.create([producerTopic, perfTopic].map((topic) => ({ topic, ...plain })));
  const write = {
    driver: () => driver.write(),
    consumer: async () => {
      await produce(lab.broker, usersTopic, messages);
      return consumer.write();
    },
  };
  // Nothing counts while the one or the other is cold.
  await write.consumer();
  await write.driver();
  type Name = 'driver' | 'consumer' | 'perf' | 'producer' | 'exported' | 'copied';
  const rates: Record<Name, number[]> = {
    driver: [],
    consumer: [],
    perf: [],
    producer: [],
    exported: [],
    copied: [],
  };
  const turns = [
    ['driver', 'consumer'],
    ['consumer', 'driver'],
  ] as const;
  for (let round = 0; round < rounds; round += 1) {
    // What one leaves Cassandra to put away is in the next one's way: each is first in its turn, and a rest follows.
    for (const one of turns[round % turns.length] ?? []) {
      rates[one].push(await write[one]());
      await delay(restMs);
    }
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
  const consumer = await openWriter('consumer', lab, count);
  const driver = await openWriter('driver', lab, count);
  await pipelineLines(lab, driver, consumer);
  consumer.close();
  driver.close();
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
