// A broker in memory: topics, one group, one reader, and whatever a test wants to go wrong. For tests only.
// It keeps the promises of `broker.ts` and no others.
import { RiachoError } from '../../../words/errors.ts';
import {
  TooLargeError,
  type Broker,
  type GroupPosition,
  type GroupReader,
  type Message,
  type MessageBatch,
  type MessageHeaders,
  type MessageProducer,
  type OutgoingMessage,
  type PartitionOffset,
  type PartitionRange,
  type ReaderHandler,
  type Transaction,
} from '../../kafka/broker.ts';

const partitions = [0, 1, 2];
/** How long an idle fetch takes. */
const fetchMs = 5;

export const brokerGone = new RiachoError('BROKER_UNREACHABLE', { address: 'fake' });

function toBuffer(bytes: Buffer | string | null): Buffer | null {
  return typeof bytes === 'string' ? Buffer.from(bytes) : bytes;
}

function sizeOf({ key, value }: OutgoingMessage): number {
  return (toBuffer(key)?.length ?? 0) + (value?.length ?? 0);
}

export class FakeBroker implements Broker {
  readonly #logs = new Map<string, Message[][]>();
  readonly #positions = new Map<number, GroupPosition>();
  readonly #readers = new Set<FakeReader>();
  /** Whatever was committed, in order. */
  readonly commits: GroupPosition[] = [];
  /** Topics and sizes of the requests that were taken. */
  readonly requests: { topic: string; count: number }[] = [];
  /** The next sends reject with these; undefined lets one through. */
  readonly sendFaults: (Error | undefined)[] = [];
  /** The most bytes of keys and values that one request may hold. */
  requestBytesMax = Infinity;
  /** Called with what is about to be committed. */
  onCommit: ((positions: readonly GroupPosition[]) => void) | undefined;
  /** Producers that were opened and not closed. */
  openProducers = 0;
  /** Groups that were deleted. */
  readonly deletedGroups: string[] = [];

  /** Puts messages into a topic as any other producer would; each goes to the partition its index says. */
  put(topic: string, ...values: (Buffer | string | null)[]): void {
    this.#append(
      topic,
      values.map((value) => ({ key: null, value: toBuffer(value) })),
    );
  }

  /** Everything in a topic, in offset order per partition. */
  messages(topic: string): Message[] {
    return this.#log(topic).flat();
  }

  /** Ends the generation of every reader, as a lost broker does, and begins another. */
  rejoin(): void {
    for (const reader of this.#readers) reader.rejoin();
  }

  clusterId(): Promise<string> {
    return Promise.resolve('fake');
  }

  existing(topics: readonly string[]): Promise<string[]> {
    return Promise.resolve(topics.filter((topic) => this.#logs.has(topic)));
  }

  create(topics: readonly { topic: string }[]): Promise<void> {
    for (const { topic } of topics) this.#log(topic);
    return Promise.resolve();
  }

  ranges(topic: string): Promise<PartitionRange[]> {
    const log = this.#log(topic);
    return Promise.resolve(
      partitions.map((partition) => ({ partition, low: 0, high: log[partition]?.length ?? 0 })),
    );
  }

  positions(): Promise<GroupPosition[]> {
    return Promise.resolve([...this.#positions.values()]);
  }

  members(): Promise<number> {
    return Promise.resolve(this.#readers.size);
  }

  deleteGroup(group: string): Promise<void> {
    this.deletedGroups.push(group);
    return Promise.resolve();
  }

  offsetsAt(topic: string, time: number): Promise<PartitionOffset[]> {
    const log = this.#log(topic);
    return Promise.resolve(
      partitions.map((partition) => {
        const messages = log[partition] ?? [];
        const found = messages.findIndex(({ timestamp }) => timestamp >= time);
        return { partition, offset: found < 0 ? messages.length : found };
      }),
    );
  }

  openProducer(): Promise<MessageProducer> {
    this.openProducers += 1;
    return Promise.resolve({
      send: async (topic: string, messages: readonly OutgoingMessage[]) => {
        // A real broker lets others have their turn.
        await new Promise((resolve) => setImmediate(resolve));
        const fault = this.sendFaults.shift();
        if (fault) throw fault;
        const bytes = messages.reduce((total, message) => total + sizeOf(message), 0);
        if (bytes > this.requestBytesMax) throw new TooLargeError('too large');
        this.requests.push({ topic, count: messages.length });
        return this.#append(topic, messages);
      },
      close: async () => {
        this.openProducers -= 1;
      },
    });
  }

  beginTransaction(): Promise<Transaction> {
    const sent: [string, readonly OutgoingMessage[]][] = [];
    return Promise.resolve({
      send: async (topic: string, messages: readonly OutgoingMessage[]) => {
        const fault = this.sendFaults.shift();
        if (fault) throw fault;
        sent.push([topic, messages]);
      },
      commit: async () => {
        for (const [topic, messages] of sent) this.#append(topic, messages);
      },
      abort: async () => undefined,
    });
  }

  openReader(_group: string, topic: string): GroupReader {
    const reader = new FakeReader({
      log: this.#log(topic),
      committed: () => this.#positions,
      commit: (positions) => {
        this.onCommit?.(positions);
        this.commits.push(...positions);
        for (const position of positions) this.#positions.set(position.partition, position);
      },
      opened: () => void this.#readers.add(reader),
      closed: () => void this.#readers.delete(reader),
    });
    return reader;
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  #log(topic: string): Message[][] {
    const log = this.#logs.get(topic) ?? partitions.map((): Message[] => []);
    this.#logs.set(topic, log);
    return log;
  }

  #append(topic: string, messages: readonly OutgoingMessage[]): PartitionOffset[] {
    const log = this.#log(topic);
    const first = partitions
      .slice(0, messages.length)
      .map((partition) => ({ partition, offset: log[partition]?.length ?? 0 }));
    for (const [index, { key, value, headers = {} }] of messages.entries()) {
      const partition = index % partitions.length;
      const into = log[partition];
      into?.push({
        partition,
        offset: into.length,
        timestamp: Date.now(),
        key: toBuffer(key),
        value,
        headers: asRead(headers),
      });
    }
    return first;
  }
}

/** Headers as a reader gets them: bytes. */
function asRead(headers: MessageHeaders): MessageHeaders {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      typeof value === 'string' ? Buffer.from(value) : value,
    ]),
  );
}

interface ReaderTask {
  log: readonly Message[][];
  committed: () => ReadonlyMap<number, GroupPosition>;
  commit: (positions: readonly GroupPosition[]) => void;
  opened: () => void;
  closed: () => void;
}

/** Fetches each partition in turn, one batch at a time, from where it was sent or where the group stands. */
class FakeReader implements GroupReader {
  readonly #task: ReaderTask;
  #handler: ReaderHandler | undefined;
  #fetching = new Map<number, number>();
  /** Grows with each seek and generation: a batch of an older one is stale. */
  #epoch = 0;
  #isClosed = false;
  #loop: Promise<void> = Promise.resolve();

  constructor(task: ReaderTask) {
    this.#task = task;
  }

  start(handler: ReaderHandler): Promise<void> {
    this.#handler = handler;
    this.#task.opened();
    this.#join();
    this.#loop = this.#fetchOn();
    return Promise.resolve();
  }

  commit(positions: readonly GroupPosition[]): Promise<void> {
    if (this.#isClosed) return Promise.reject(brokerGone);
    this.#task.commit(positions);
    return Promise.resolve();
  }

  seek(partition: number, offset: number): void {
    this.#epoch += 1;
    this.#fetching.set(partition, offset);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#task.closed();
    await this.#loop;
  }

  rejoin(): void {
    this.#handler?.left('broker');
    this.#join();
  }

  #join(): void {
    this.#epoch += 1;
    const committed = this.#task.committed();
    this.#fetching = new Map(
      partitions.map((partition) => [partition, committed.get(partition)?.offset ?? 0]),
    );
    this.#handler?.joined(partitions);
  }

  async #fetchOn(): Promise<void> {
    while (!this.#isClosed) {
      for (const partition of partitions) await this.#fetch(partition);
      await new Promise((resolve) => setTimeout(resolve, fetchMs));
    }
  }

  async #fetch(partition: number): Promise<void> {
    const log = this.#task.log[partition] ?? [];
    const fetchedOffset = this.#fetching.get(partition) ?? 0;
    const messages = log.slice(fetchedOffset);
    if (messages.length === 0) return;
    const epoch = this.#epoch;
    const batch: MessageBatch = {
      partition,
      fetchedOffset,
      messages,
      lastOffset: fetchedOffset + messages.length - 1,
      highWatermark: log.length,
      heartbeat: () => Promise.resolve(),
      resolve: (offset) => {
        if (epoch === this.#epoch) this.#fetching.set(partition, offset + 1);
      },
      isStale: () => this.#isClosed || epoch !== this.#epoch,
    };
    await this.#handler?.batch(batch);
  }
}
