// What the pipeline asks of Kafka, and no more. `kafkajs-broker.ts` does it; unit tests hand in fakes.
// Offsets are plain numbers: safe to 2^53 messages a partition.
import { RiachoError } from '../../words/errors.ts';

/** Below this a broker with default settings refuses a member; a killed member blocks its group this long. */
export const sessionTimeoutMs = 6_000;

export type HeaderValue = Buffer | string | (Buffer | string)[] | undefined;
export type MessageHeaders = Readonly<Record<string, HeaderValue>>;

/** A message as it lies in a topic. `timestamp` in epoch ms. */
export interface Message {
  partition: number;
  offset: number;
  timestamp: number;
  key: Buffer | null;
  value: Buffer | null;
  headers: MessageHeaders;
}

/** A message on its way into a topic. */
export interface OutgoingMessage {
  key: Buffer | string | null;
  value: Buffer | null;
  headers?: MessageHeaders;
}

/** The offsets a partition holds: `low` is the first, `high` the one the next message gets. */
export interface PartitionRange {
  partition: number;
  low: number;
  high: number;
}

/** Where a group stands in a partition; `metadata` is what was committed with it, `''` for none. */
export interface GroupPosition {
  partition: number;
  offset: number;
  metadata: string;
}

export interface PartitionOffset {
  partition: number;
  offset: number;
}

export interface TopicSpec {
  topic: string;
  partitions: number;
  replication: number;
  config: Readonly<Record<string, string>>;
}

/** Sends with acks from all replicas; a rejected `send` may still have reached the topic. */
export interface MessageProducer {
  /**
   * Resolves with the first offset that each partition gave to its part of them.
   * Rejects with `MESSAGE_TOO_LARGE` (a `TooLargeError`) or a `RiachoError`.
   */
  send(topic: string, messages: readonly OutgoingMessage[]): Promise<PartitionOffset[]>;
  close(): Promise<void>;
}

/** Messages of which readers see all or none. `commit` or `abort` ends it, whatever they come to. */
export interface Transaction {
  /** Rejects as a producer's does, or, as `commit` too, with a `FencedError`. */
  send(topic: string, messages: readonly OutgoingMessage[]): Promise<void>;
  commit(): Promise<void>;
  abort(): Promise<void>;
}

/** The broker will not take a message of this size, now or later. */
export class TooLargeError extends Error {}

/** Somebody began a transaction of the same id after us: ours is void. */
export class FencedError extends RiachoError {
  constructor(cause: unknown) {
    super('BROKER_REFUSED', { detail: cause instanceof Error ? cause.message : String(cause) }, cause);
  }
}

/** What a fetch brought for one partition. */
export interface MessageBatch {
  partition: number;
  /** The offset that was asked for; the first message may lie behind a gap. */
  fetchedOffset: number;
  messages: readonly Message[];
  /** The last offset of the fetch: a message, or a marker behind the last message. */
  lastOffset: number;
  highWatermark: number;
  /** Tells the group that this member lives; rejects when the group is rebalancing (let it through). */
  heartbeat(): Promise<void>;
  /** The next fetch starts behind this offset. */
  resolve(offset: number): void;
  /** True once a seek or a stop made this batch meaningless: return without touching it. */
  isStale(): boolean;
}

export interface ReaderHandler {
  /** A new generation of the group began with these partitions; whatever was known of positions is void. */
  joined(partitions: readonly number[]): void;
  /** The group is rebalancing, or the broker was lost; nothing may be committed until `joined`. */
  left(cause: 'rebalance' | 'broker'): void;
  batch(batch: MessageBatch): Promise<void>;
  /** Offsets from..to (inclusive) hold nothing for a reader: transaction markers or what was aborted. */
  gap(partition: number, from: number, to: number): void;
  /** The reader gave up for good. */
  failed(error: unknown): void;
}

/** A member of a consumer group on one topic. Nothing is committed but by `commit`. */
export interface GroupReader {
  /** Joins the group; resolves once the reader runs, with `joined` called. */
  start(handler: ReaderHandler): Promise<void>;
  commit(positions: readonly GroupPosition[]): Promise<void>;
  /** The next fetch of this partition starts here. */
  seek(partition: number, offset: number): void;
  /** Leaves the group. Waits for a `batch` under way, which should see `isStale()` and return. */
  close(): Promise<void>;
}

/** How a reader fetches; what is left out is made for a consumer that never rests. */
export interface ReaderPace {
  /** How long a fetch waits for `bytesMin`, and so the longest that `close` takes. */
  idleMs: number;
  bytesMin: number;
  /** One partition's share of a fetch. All of them are decoded at one go, in which nothing else runs. */
  partitionBytes: number;
}

export interface Broker {
  /** Rejects with `BROKER_UNREACHABLE`, `ACCESS_DENIED` or `BROKER_REFUSED`, as all calls here do. */
  clusterId(): Promise<string>;
  /** Names of the topics that exist, of those asked for. */
  existing(topics: readonly string[]): Promise<string[]>;
  /** Creates what is absent; an existing topic is left as it is. */
  create(topics: readonly TopicSpec[]): Promise<void>;
  ranges(topic: string): Promise<PartitionRange[]>;
  /** The first offset of each partition whose message is not older than `time` (epoch ms); its end where none is. */
  offsetsAt(topic: string, time: number): Promise<PartitionOffset[]>;
  /** Partitions in which the group has no position are left out. */
  positions(group: string, topic: string): Promise<GroupPosition[]>;
  /** Members of the group that the broker counts as alive. */
  members(group: string): Promise<number>;
  deleteGroup(group: string): Promise<void>;
  openProducer(): Promise<MessageProducer>;
  /** From here on whoever began a transaction of the same id before can no longer commit it. */
  beginTransaction(id: string): Promise<Transaction>;
  openReader(group: string, topic: string, pace?: ReaderPace): GroupReader;
  /** Closes its connections and those of every producer it opened. */
  close(): Promise<void>;
}

/** The text of a header, the first where there are several; undefined where there is none. */
export function headerText(headers: MessageHeaders, name: string): string | undefined {
  const value = headers[name];
  const first = Array.isArray(value) ? value[0] : value;
  return first === undefined ? undefined : first.toString();
}
