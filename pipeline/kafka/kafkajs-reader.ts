// A group's reader through kafkajs. Speaks `broker.ts`; decides nothing about what is read.
import type { EachBatchPayload, Kafka } from 'kafkajs';
import {
  sessionTimeoutMs,
  type GroupReader,
  type MessageBatch,
  type ReaderHandler,
  type ReaderPace,
} from './broker.ts';
import { translate } from './kafkajs-faults.ts';

const heartbeatIntervalMs = 1_500;
const usualPace: ReaderPace = {
  // How soon a stop and a heartbeat get their turn.
  idleMs: 250,
  bytesMin: 1,
  // Decoding is one piece of work in which nothing else runs: some 500 messages, a few ms, for each partition.
  partitionBytes: 256 * 1024,
};
const fetchBytes = 8 * 1024 * 1024;

function toBatch(payload: EachBatchPayload): MessageBatch {
  const { batch } = payload;
  return {
    partition: batch.partition,
    // Part of the library's Batch class, missing from its types.
    fetchedOffset: Number((batch as unknown as { fetchedOffset: string | number }).fetchedOffset),
    messages: batch.messages.map((message) => ({
      partition: batch.partition,
      offset: Number(message.offset),
      timestamp: Number(message.timestamp),
      key: message.key,
      value: message.value,
      headers: message.headers ?? {},
    })),
    lastOffset: Number(batch.lastOffset()),
    highWatermark: Number(batch.highWatermark),
    heartbeat: () => payload.heartbeat(),
    resolve: (offset) => payload.resolveOffset(String(offset)),
    isStale: () => payload.isStale() || !payload.isRunning(),
  };
}

/** A member of a group on one topic, through a consumer of its own. */
export function openKafkajsReader(
  kafka: Kafka,
  task: { group: string; topic: string; pace?: ReaderPace | undefined; brokers: readonly string[] },
): GroupReader {
  const { topic, brokers } = task;
  const pace = task.pace ?? usualPace;
  const consumer = kafka.consumer({
    groupId: task.group,
    sessionTimeout: sessionTimeoutMs,
    heartbeatInterval: heartbeatIntervalMs,
    rebalanceTimeout: 10_000,
    maxWaitTimeInMs: pace.idleMs,
    minBytes: pace.bytesMin,
    maxBytesPerPartition: pace.partitionBytes,
    maxBytes: fetchBytes,
    allowAutoTopicCreation: false,
    retry: {
      initialRetryTime: 100,
      multiplier: 1.5,
      maxRetryTime: 1_000,
      retries: 4,
      restartOnFailure: () => Promise.resolve(true),
    },
  });
  const { GROUP_JOIN, REBALANCING, CRASH, START_BATCH_PROCESS, FETCH_START } = consumer.events;
  // Before its first fetch the library drops commits in silence.
  const fetching = Promise.withResolvers<void>();
  return {
    async start(handler: ReaderHandler) {
      consumer.on(GROUP_JOIN, ({ payload }) => handler.joined(payload.memberAssignment[topic] ?? []));
      consumer.on(REBALANCING, () => handler.left('rebalance'));
      consumer.on(CRASH, ({ payload }) => {
        if (payload.restart) handler.left('broker');
        else handler.failed(translate(payload.error, brokers));
      });
      // Transaction markers never reach `eachBatch`; this event is all that is seen of them.
      consumer.on(START_BATCH_PROCESS, ({ payload }) => {
        if (payload.batchSize === 0) {
          handler.gap(payload.partition, Number(payload.firstOffset), Number(payload.lastOffset));
        }
      });
      const off = consumer.on(FETCH_START, () => {
        off();
        fetching.resolve();
      });
      const crashed = new Promise<never>((_resolve, reject) => {
        const off = consumer.on(CRASH, ({ payload }) => {
          off();
          reject(translate(payload.error, brokers));
        });
      });
      crashed.catch(() => undefined);
      try {
        await consumer.connect();
        await consumer.subscribe({ topics: [topic], fromBeginning: true });
        await consumer.run({
          autoCommit: false,
          eachBatchAutoResolve: false,
          eachBatch: (payload) => handler.batch(toBatch(payload)),
        });
        await Promise.race([fetching.promise, crashed]);
      } catch (error) {
        await consumer.disconnect().catch(() => undefined);
        throw translate(error, brokers);
      }
    },
    async commit(positions) {
      await fetching.promise;
      try {
        await consumer.commitOffsets(
          positions.map(({ partition, offset, metadata }) => ({
            topic,
            partition,
            offset: String(offset),
            metadata,
          })),
        );
      } catch (error) {
        throw translate(error, brokers);
      }
    },
    seek(partition, offset) {
      consumer.seek({ topic, partition, offset: String(offset) });
    },
    async close() {
      await consumer.disconnect();
    },
  };
}
