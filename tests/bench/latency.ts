// How long a record takes from being sent to its acknowledged row, at a steady thousand a second. A part of bench.ts.
import { setTimeout as delay } from 'node:timers/promises';
import { headerText } from '../../pipeline/kafka/broker.ts';
import { UsersConsumer } from '../../pipeline/users/consumer/consumer.ts';
import { UsersProducer } from '../../pipeline/users/producer/producer.ts';
import { createOfflineSource } from '../../pipeline/users/sources/offline.ts';
import { trace, traceHeader } from '../../words/runs.ts';
import type { Lab } from '../integration/lab.ts';

const rate = 1_000;
const warmUpMs = 5_000;
const measuredMs = 15_000;

export async function latencyLine({ broker, database }: Lab): Promise<string> {
  const spans: number[] = [];
  const state = { isMeasuring: false };
  const ensureTopics = async (): Promise<void> => {};
  const consumer = new UsersConsumer({
    broker,
    database,
    mode: 'append',
    ensureTopics,
    onWritten: ({ headers }) => {
      const now = Date.now();
      if (!state.isMeasuring) return;
      spans.push(now - trace.parse(JSON.parse(headerText(headers, traceHeader) ?? '')).sentAt);
    },
  });
  await consumer.start();
  const source = createOfflineSource({ seed: 2 });
  const producer = new UsersProducer({ broker, source, rate, faultyPercent: 0, ensureTopics });
  await producer.start();
  await delay(warmUpMs);
  state.isMeasuring = true;
  await delay(measuredMs);
  state.isMeasuring = false;
  await producer.stop();
  await consumer.stop();
  spans.sort((a, b) => a - b);
  const at = (share: number): number => spans[Math.floor((spans.length - 1) * share)] ?? Number.NaN;
  return `latency at ${rate}/s, sent → row: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms of ${spans.length} rows (wanted p95 ≤ 25)`;
}
