// Kafka through kafkajs: this file and its two neighbours are all that know the library. Everything else speaks `broker.ts`.
import kafkajs, { type KafkaConfig, type Producer, type ProducerRecord } from 'kafkajs';
import RequestQueue from 'kafkajs/src/network/requestQueue/index.js';
import type {
  Broker,
  GroupPosition,
  MessageProducer,
  OutgoingMessage,
  PartitionOffset,
  PartitionRange,
  TopicSpec,
  Transaction,
} from './broker.ts';
import { translate } from './kafkajs-faults.ts';
import { openKafkajsReader } from './kafkajs-reader.ts';

const { Kafka, logLevel, Partitioners, CompressionTypes } = kafkajs;

/** A transaction whose owner has died holds up every reader of its topics for so long, and some seconds more. */
const transactionMs = 10_000;

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

/**
 * kafkajs 2.2.4 sets a timer with a negative delay after each answer, on which Node 24 warns each time.
 * Its queue needs the timer only while something waits or the broker throttles.
 */
function calmRequestQueue(): void {
  const { prototype } = RequestQueue;
  const schedule = prototype.scheduleCheckPendingRequests;
  prototype.scheduleCheckPendingRequests = function scheduleWhenNeeded(): void {
    if (this.pending.length > 0 || this.throttledUntil > Date.now()) schedule.call(this);
  };
}
calmRequestQueue();

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

  /** A connection that broke is to kafkajs no answer at all, over which it trips; asked again, it dials anew. */
  async function topicNames(): Promise<Set<string>> {
    const names = await admin.listTopics().catch((error: unknown) => {
      if (!(error instanceof TypeError)) throw error;
      return admin.listTopics();
    });
    return new Set(names);
  }

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
      const names = await ask(topicNames);
      return topics.filter((topic) => names.has(topic));
    },
    async create(specs: readonly TopicSpec[]) {
      await ask(async () => {
        const names = await topicNames();
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
    async offsetsAt(topic, time): Promise<PartitionOffset[]> {
      const offsets = await ask(() => admin.fetchTopicOffsetsByTimestamp(topic, time), topic);
      return offsets.map(({ partition, offset }) => ({ partition, offset: Number(offset) }));
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
        async send(topic, messages) {
          try {
            const sent = await producer.send(toRecord(topic, messages));
            return sent.map(({ partition, baseOffset }) => ({ partition, offset: Number(baseOffset) }));
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
    async beginTransaction(id): Promise<Transaction> {
      const producer = kafka.producer({
        transactionalId: id,
        transactionTimeout: transactionMs,
        idempotent: true,
        maxInFlightRequests: 1,
        createPartitioner: Partitioners.DefaultPartitioner,
        allowAutoTopicCreation: false,
      });
      const close = (): Promise<void> => producer.disconnect().catch(() => undefined);
      try {
        await producer.connect();
        const transaction = await producer.transaction();
        const told = async (call: () => Promise<unknown>, topic?: string): Promise<void> => {
          try {
            await call();
          } catch (error) {
            throw translate(error, options.brokers, topic);
          }
        };
        const end = async (call: () => Promise<unknown>): Promise<void> => {
          try {
            await told(call);
          } finally {
            await close();
          }
        };
        return {
          send: (topic, messages) => told(() => transaction.send(toRecord(topic, messages)), topic),
          commit: () => end(() => transaction.commit()),
          abort: () => end(() => transaction.abort()),
        };
      } catch (error) {
        await close();
        throw translate(error, options.brokers);
      }
    },
    openReader(group, topic, pace) {
      return openKafkajsReader(kafka, { group, topic, pace, brokers: options.brokers });
    },
    async close() {
      await Promise.allSettled([...producers].map((producer) => producer.disconnect()));
      producers.clear();
      if (connected) await admin.disconnect().catch(() => undefined);
    },
  };
}

function toRecord(topic: string, messages: readonly OutgoingMessage[]): ProducerRecord {
  return {
    topic,
    acks: -1,
    compression: CompressionTypes.None,
    messages: messages.map(({ key, value, headers }) => ({ key, value, headers: { ...headers } })),
  };
}
