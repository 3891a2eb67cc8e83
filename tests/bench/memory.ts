// What a million messages leave behind in the consumer's memory, after its rubbish was collected. A part of bench.ts.
import { setTimeout as delay } from 'node:timers/promises';
import { UsersConsumer } from '../../pipeline/users/consumer/consumer.ts';
import { usersTopic } from '../../words/users.ts';
import { eventually, type Lab } from '../integration/lab.ts';
import { median } from './figure.ts';
import { ourProducer } from './our-producer.ts';

const messages = 1_000_000;
const warmUp = 200_000;
/** Between two looks. */
const count = 50_000;
const settleMs = 300;

/** Sends from another process, so that nothing but the consumer is in this one. */
export async function memoryLine({ broker, database, addresses }: Lab): Promise<string> {
  const collect = globalThis.gc;
  if (!collect) throw new Error('run it by `npm run bench`, which lets it collect rubbish');
  const heap = async (): Promise<number> => {
    collect();
    // The last fetch and its buffers go a moment later.
    await delay(settleMs);
    collect();
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  };
  const consumer = new UsersConsumer({ broker, database, mode: 'append', ensureTopics: async () => {} });
  await consumer.start();
  const sizes: number[] = [];
  for (let sent = 0; sent < messages; sent += count) {
    await ourProducer({ broker: addresses.kafka, topic: usersTopic, count });
    await eventually('all written', () => consumer.frame().written >= sent + count, 300_000);
    if (sent + count >= warmUp) sizes.push(await heap());
  }
  await consumer.stop();
  const first = median(sizes.slice(0, 3));
  const last = median(sizes.slice(-3));
  const drift = (100 * (last - first)) / first;
  const megabytes = (bytes: number): string => (bytes / 1_048_576).toFixed(1);
  return `memory over ${messages} messages: ${megabytes(first)} → ${megabytes(last)} MiB, drift ${drift.toFixed(1)} % (wanted < 5)`;
}
