// Kafka through kafkajs: the one file that knows the library. Everything else speaks `broker.ts`.
import { createRequire } from 'node:module';
import kafkajs, { type Consumer, type EachBatchPayload, type KafkaConfig, type Producer } from 'kafkajs';
import { RiachoError } from '../../words/errors.ts';
import {
  sessionTimeoutMs,
  TooLargeError,
  type Broker,
  type GroupPosition,
  type GroupReader,
  type MessageBatch,
  type MessageProducer,
  type OutgoingMessage,
  type PartitionRange,
  type ReaderHandler,
  type TopicSpec,
} from './broker.ts';

const { Kafka, logLevel, Partitioners, CompressionTypes } = kafkajs;

const heartbeatIntervalMs = 1_500;
/** An idle fetch returns after this long: how soon a stop and a heartbeat get their turn. */
const fetchWaitMs = 250;
/** One partition's share of a fetch; with three partitions this bounds the memory of a reader. */
const partitionFetchBytes = 2 * 1024 * 1024;
const fetchBytes = 8 * 1024 * 1024;

export interface KafkaOptions {
  /** `host:port` of each bootstrap server. */
  brokers: string[];
  tls?: { ca?: string };
  sasl?: { username: string; password: string };
  /** Tries after the first for each call; default 6, about two seconds. */
  retries?: number;
  /** Receives the library's warnings and errors; never shown to a person. */
  log?: (level: 'warn' | 'error', message: string) => void;
}

interface RequestQueue {
  pending: unknown[];
  throttledUntil: number;
}
interface RequestQueuePrototype {
  scheduleCheckPendingRequests: (this: RequestQueue) => void;
}

/**
 * kafkajs 2.2.4 sets a timer with a negative delay after each answer, on which Node 24 warns each time.
 * Its queue needs the timer only while something waits or the broker throttles.
 */
function calmRequestQueue(): void {
  const require = createRequire(import.meta.url);
  const { prototype } = require('kafkajs/src/network/requestQueue/index.js') as {
    prototype: RequestQueuePrototype;
  };
  const schedule = prototype.scheduleCheckPendingRequests;
  prototype.scheduleCheckPendingRequests = function scheduleWhenNeeded(this: RequestQueue): void {
    if (this.pending.length > 0 || this.throttledUntil > Date.now()) schedule.call(this);
  };
}
calmRequestQueue();

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : '';
}

function causesOf(error: unknown): unknown[] {
  const causes: unknown[] = [];
  for (let at = error; at instanceof Error && !causes.includes(at); at = at.cause) causes.push(at);
  return causes;
}

function protocolType(error: unknown): string | undefined {
  for (const cause of causesOf(error)) {
    const type = (cause as { type?: unknown }).type;
    if (typeof type === 'string') return type;
  }
  return undefined;
}

/** What a person should hear of a failure in the library. */
function translate(error: unknown, brokers: readonly string[], topic = ''): unknown {
  if (error instanceof RiachoError || error instanceof TooLargeError) return error;
  const type = protocolType(error);
  const names = causesOf(error).map(nameOf);
  if (type === 'MESSAGE_TOO_LARGE') return new TooLargeError('the broker takes no message of this size');
  if (type === 'UNKNOWN_TOPIC_OR_PARTITION') return new RiachoError('TOPIC_MISSING', { topic }, error);
  if (names.includes('KafkaJSSASLAuthenticationError') || type?.includes('AUTHORIZATION_FAILED')) {
    return new RiachoError('ACCESS_DENIED', { service: 'kafka' }, error);
  }
  const isGone = names.some((name) =>
    /Connection|Timeout|NoBroker|BrokerNotFound|GroupCoordinatorNotFound|MetadataNotLoaded|LockTimeout/.test(
      name,
    ),
  );
  if (isGone || type === 'GROUP_COORDINATOR_NOT_AVAILABLE' || type === 'LEADER_NOT_AVAILABLE') {
    return new RiachoError('BROKER_UNREACHABLE', { address: brokers.join(', ') }, error);
  }
  const detail = error instanceof Error ? error.message : String(error);
  return new RiachoError('BROKER_REFUSED', { detail }, error);
}

/**
 * Opens a client. Nothing is connected until the first call; close it when done.
 * The client gives up on a call after some seconds: whoever must not give up asks again.
 */
export function openKafkajsBroker(options: KafkaOptions): Broker {
  const config: KafkaConfig = {
    clientId: 'riacho',
    brokers: options.brokers,
    connectionTimeout: 3_000,
    requestTimeout: 10_000,
    retry: { initialRetryTime: 100, multiplier: 1.5, maxRetryTime: 1_000, retries: options.retries ?? 6 },
    logLevel: logLevel.WARN,
    logCreator: () => (entry) =>
      options.log?.(
        entry.level === logLevel.ERROR ? 'error' : 'warn',
        `${entry.namespace}: ${entry.log.message} ${String(entry.log['error'] ?? '')}`,
      ),
  };
  if (options.tls) config.ssl = options.tls.ca === undefined ? true : { ca: [options.tls.ca] };
  if (options.sasl) config.sasl = { mechanism: 'plain', ...options.sasl };
  const kafka = new Kafka(config);
  const producers = new Set<Producer>();
  const admin = kafka.admin();
  let connected: Promise<void> | undefined;

  async function ask<T>(call: () => Promise<T>, topic?: string): Promise<T> {
    try {
      connected ??= admin.connect();
      await connected;
      return await call();
    } catch (error) {
      connected = undefined;
      throw translate(error, options.brokers, topic);
    }
  }

  return {
    async clusterId() {
      const { clusterId } = await ask(() => admin.describeCluster());
      return clusterId;
    },
    async existing(topics) {
      const names = new Set(await ask(() => admin.listTopics()));
      return topics.filter((topic) => names.has(topic));
    },
    async create(specs: readonly TopicSpec[]) {
      await ask(async () => {
        const names = new Set(await admin.listTopics());
        const missing = specs.filter((spec) => !names.has(spec.topic));
        if (missing.length === 0) return;
        await admin.createTopics({
          waitForLeaders: true,
          topics: missing.map((spec) => ({
            topic: spec.topic,
            numPartitions: spec.partitions,
            replicationFactor: spec.replication,
            configEntries: Object.entries(spec.config).map(([name, value]) => ({ name, value })),
          })),
        });
      });
    },
    async ranges(topic): Promise<PartitionRange[]> {
      const offsets = await ask(() => admin.fetchTopicOffsets(topic), topic);
      return offsets
        .map(({ partition, low, high }) => ({ partition, low: Number(low), high: Number(high) }))
        .sort((a, b) => a.partition - b.partition);
    },
    async positions(group, topic): Promise<GroupPosition[]> {
      const found = await ask(() => admin.fetchOffsets({ groupId: group, topics: [topic] }));
      return (found[0]?.partitions ?? [])
        .map(({ partition, offset, metadata }) => ({
          partition,
          offset: Number(offset),
          metadata: metadata ?? '',
        }))
        .filter(({ offset }) => offset >= 0);
    },
    async members(group) {
      const { groups } = await ask(() => admin.describeGroups([group]));
      return groups[0]?.members.length ?? 0;
    },
    async deleteGroup(group) {
      await ask(() => admin.deleteGroups([group]));
    },
    async openProducer(): Promise<MessageProducer> {
      const producer = kafka.producer({
        createPartitioner: Partitioners.DefaultPartitioner,
        allowAutoTopicCreation: false,
      });
      await producer.connect().catch((error: unknown) => {
        throw translate(error, options.brokers);
      });
      producers.add(producer);
      return {
        async send(topic, messages: readonly OutgoingMessage[]) {
          try {
            await producer.send({
              topic,
              acks: -1,
              compression: CompressionTypes.None,
              messages: messages.map(({ key, value, headers }) => ({ key, value, headers: { ...headers } })),
            });
          } catch (error) {
            throw translate(error, options.brokers, topic);
          }
        },
        async close() {
          producers.delete(producer);
          await producer.disconnect();
        },
      };
    },
    openReader(group, topic) {
      const consumer = kafka.consumer({
        groupId: group,
        sessionTimeout: sessionTimeoutMs,
        heartbeatInterval: heartbeatIntervalMs,
        rebalanceTimeout: 10_000,
        maxWaitTimeInMs: fetchWaitMs,
        maxBytesPerPartition: partitionFetchBytes,
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
      return openReader(consumer, topic, options.brokers);
    },
    async close() {
      await Promise.allSettled([...producers].map((producer) => producer.disconnect()));
      producers.clear();
      if (connected) await admin.disconnect().catch(() => undefined);
    },
  };
}

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

function openReader(consumer: Consumer, topic: string, brokers: readonly string[]): GroupReader {
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
