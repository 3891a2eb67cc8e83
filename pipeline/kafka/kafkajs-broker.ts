// Kafka through kafkajs: this file and its neighbours of the same name are all that know the library. Everything else speaks `broker.ts`.
import kafkajs, {
  type Admin,
  type ISocketFactory,
  type KafkaConfig,
  type Producer,
  type ProducerConfig,
  type ProducerRecord,
} from 'kafkajs';
import { RiachoError } from '../../words/errors.ts';
import { openLink } from '../link.ts';
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
import './kafkajs-inside.ts';
import { openKafkajsReader } from './kafkajs-reader.ts';
import { openOwn } from './kafkajs-sockets.ts';
import { byKey } from './partition-of.ts';

const { Kafka, logLevel, CompressionTypes } = kafkajs;

/** A transaction whose owner has died holds up every reader of its topics for so long, and some seconds more. */
const transactionMs = 10_000;
/** No call waits longer: the library's own tries are over by then, unless it hangs. */
const deadlineMs = 12_000;

/** How long a client may take to end in order. */
const endMs = 2_000;
const producerConfig: ProducerConfig = {
  createPartitioner: byKey,
  allowAutoTopicCreation: false,
};

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
  const kafkaOn = (socketFactory: ISocketFactory): kafkajs.Kafka => new Kafka({ ...config, socketFactory });
  const producers = new Set<MessageProducer>();
  /** One that lost its connection is thrown away: the library would ask on it again. */
  const isBroken = (error: unknown): boolean => {
    const told = translate(error, options.brokers);
    return told instanceof RiachoError && told.code === 'BROKER_UNREACHABLE';
  };
  const linkTo = <Client extends Admin | Producer>(open: (kafka: kafkajs.Kafka) => Client) =>
    openLink({
      deadlineMs,
      isBroken,
      make: () => openOwn((sockets) => open(kafkaOn(sockets)), endMs),
      connect: ({ client }) => client.connect(),
      end: (own) => own.end(),
    });
  const admin = linkTo((kafka) => kafka.admin());

  async function ask<T>(call: (client: Admin) => Promise<T>, topic?: string): Promise<T> {
    try {
      return await admin.ask(({ client }) => call(client));
    } catch (error) {
      throw translate(error, options.brokers, topic);
    }
  }

  /** A connection that broke is to kafkajs no answer at all, over which it trips; asked again, it dials anew. */
  async function topicNames(): Promise<Set<string>> {
    const names = await admin
      .ask(({ client }) => client.listTopics())
      .catch((error: unknown) => {
        if (!(error instanceof TypeError)) throw translate(error, options.brokers);
        return ask((client) => client.listTopics());
      });
    return new Set(names);
  }

  return {
    async clusterId() {
      const { clusterId } = await ask((client) => client.describeCluster());
      return clusterId;
    },
    async existing(topics) {
      const names = await topicNames();
      return topics.filter((topic) => names.has(topic));
    },
    async create(specs: readonly TopicSpec[]) {
      const names = await topicNames();
      const missing = specs.filter((spec) => !names.has(spec.topic));
      if (missing.length === 0) return;
      const topics = missing.map((spec) => ({
        topic: spec.topic,
        numPartitions: spec.partitions,
        replicationFactor: spec.replication,
        configEntries: Object.entries(spec.config).map(([name, value]) => ({ name, value })),
      }));
      await ask((client) => client.createTopics({ waitForLeaders: true, topics }));
    },
    async ranges(topic): Promise<PartitionRange[]> {
      const offsets = await ask((client) => client.fetchTopicOffsets(topic), topic);
      return offsets
        .map(({ partition, low, high }) => ({ partition, low: Number(low), high: Number(high) }))
        .sort((a, b) => a.partition - b.partition);
    },
    async offsetsAt(topic, time): Promise<PartitionOffset[]> {
      const offsets = await ask((client) => client.fetchTopicOffsetsByTimestamp(topic, time), topic);
      return offsets.map(({ partition, offset }) => ({ partition, offset: Number(offset) }));
    },
    async positions(group, topic): Promise<GroupPosition[]> {
      const found = await ask((client) => client.fetchOffsets({ groupId: group, topics: [topic] }));
      return (found[0]?.partitions ?? [])
        .map(({ partition, offset, metadata }) => ({
          partition,
          offset: Number(offset),
          metadata: metadata ?? '',
        }))
        .filter(({ offset }) => offset >= 0);
    },
    async members(group) {
      const { groups } = await ask((client) => client.describeGroups([group]));
      return groups[0]?.members.length ?? 0;
    },
    async deleteGroup(group) {
      await ask((client) => client.deleteGroups([group]));
    },
    async openProducer(): Promise<MessageProducer> {
      const link = linkTo((kafka) => kafka.producer(producerConfig));
      try {
        await link.ask(() => Promise.resolve());
      } catch (error) {
        throw translate(error, options.brokers);
      }
      const opened: MessageProducer = {
        async send(topic, messages) {
          try {
            const sent = await link.ask(({ client }) => client.send(toRecord(topic, messages)));
            return sent.map(({ partition, baseOffset }) => ({ partition, offset: Number(baseOffset) }));
          } catch (error) {
            throw translate(error, options.brokers, topic);
          }
        },
        async close() {
          producers.delete(opened);
          await link.close();
        },
      };
      producers.add(opened);
      return opened;
    },
    async beginTransaction(id): Promise<Transaction> {
      const config = { transactionalId: id, transactionTimeout: transactionMs, idempotent: true };
      const own = openOwn(
        (sockets) => kafkaOn(sockets).producer({ ...producerConfig, ...config, maxInFlightRequests: 1 }),
        endMs,
      );
      const { client: producer } = own;
      const close = (): Promise<void> => own.end();
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
      return openKafkajsReader({ kafkaOn, group, topic, pace, brokers: options.brokers });
    },
    async close() {
      await Promise.allSettled([...producers].map((producer) => producer.close()));
      await admin.close();
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
