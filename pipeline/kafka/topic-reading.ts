// Reads a topic from chosen offsets, up to where it ended when the reading began or live without an end, through
// a group of its own that is deleted afterwards. Nobody else's positions are touched.
import { randomUUID } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Broker, GroupReader, Message, MessageBatch, PartitionRange, ReaderPace } from './broker.ts';

export interface TopicReading {
  topic: string;
  /** The first offset to read of each partition; `high` ends it. Nothing is read of a partition where they are equal. */
  ranges: readonly PartitionRange[];
  /** Goes on with whatever comes, until the loop is left or the signal ends it; `high` says nothing then. */
  isLive?: boolean;
  /** The reader is in its group; from here on messages may come. */
  began?: () => void;
  signal?: AbortSignal;
}

/**
 * Some last offsets are never reached (compaction, a transaction left open): two silences of this length are the
 * end. After the first the broker must have answered, or what is silent is a broker that was lost.
 */
const silenceMs = 5_000;
/** Some 10 ms' work a fetch, since a window is served by the same process. */
const partitionBytes = 512 * 1024;
/** A person waits for the end of the reading, which waits for the fetch that finds nothing more. */
const boundedPace: ReaderPace = { idleMs: 50, bytesMin: 1, partitionBytes };
/** Few large fetches rather than one for each handful of messages: nobody sees more than ten frames a second. */
const livePace: ReaderPace = { idleMs: 100, bytesMin: partitionBytes, partitionBytes };

/** How far a partition is read. */
interface Span {
  next: number;
  readonly high: number;
}
type Spans = ReadonlyMap<number, Span>;

interface Channel {
  /** At most one of each partition. */
  batches: Map<number, Message[]>;
  isOver: boolean;
  /** The group is rebalancing, or the broker was lost. */
  isAway: boolean;
  failure?: unknown;
  wakeReader: () => void;
  wakeTaker: () => void;
}

/**
 * Yields what each fetch brings, within the ranges, in offset order per partition. One fetch at most is kept
 * ahead of whoever takes. Ends with the last offset, when the loop is left, or by the signal (which throws).
 * Goes on by itself when the broker comes back; where it stays away, a reading with an end rejects.
 */
export async function* readTopic(broker: Broker, reading: TopicReading): AsyncGenerator<readonly Message[]> {
  const { topic, isLive = false, signal } = reading;
  const spans: Spans = new Map(
    reading.ranges.map(({ partition, low, high }) => [
      partition,
      { next: low, high: isLive ? Infinity : high },
    ]),
  );
  if (isAllRead(spans)) return;
  signal?.throwIfAborted();
  const group = `riacho-browse-${randomUUID()}`;
  const reader = broker.openReader(group, topic, isLive ? livePace : boundedPace);
  const channel = openChannel();
  const stop = (): void => endChannel(channel);
  signal?.addEventListener('abort', stop, { once: true });
  try {
    await startReader(reader, spans, channel);
    reading.began?.();
    for (let silences = 0; !channel.isOver;) {
      if (channel.batches.size > 0) {
        silences = 0;
        // The other partitions of the same fetch are about to come.
        await nextTurn();
        const messages = [...channel.batches.values()].flat();
        channel.batches.clear();
        channel.wakeReader();
        yield messages;
        continue;
      }
      if (isAllRead(spans)) return;
      const isSilent = await silence(channel);
      silences = isSilent && !isLive && !channel.isAway ? silences + 1 : 0;
      if (silences === 2) return;
      if (isSilent && !isLive) await broker.ranges(topic);
    }
    signal?.throwIfAborted();
    if (channel.failure !== undefined) throw channel.failure;
  } finally {
    signal?.removeEventListener('abort', stop);
    stop();
    await reader.close();
    await broker.deleteGroup(group).catch(() => undefined);
  }
}

function openChannel(): Channel {
  return {
    batches: new Map(),
    isOver: false,
    isAway: false,
    wakeReader: () => {},
    wakeTaker: () => {},
  };
}

function endChannel(channel: Channel): void {
  channel.isOver = true;
  channel.wakeReader();
  channel.wakeTaker();
}

async function startReader(reader: GroupReader, spans: Spans, channel: Channel): Promise<void> {
  await reader.start({
    joined: () => {
      channel.isAway = false;
      // Also in what is not wanted (any more), so that no fetch brings it.
      for (const [partition, { next }] of spans) reader.seek(partition, next);
    },
    left: () => {
      channel.isAway = true;
    },
    failed: (error) => {
      channel.failure = error;
      endChannel(channel);
    },
    gap: (partition, _from, to) => {
      const span = spans.get(partition);
      if (span && to >= span.next) span.next = to + 1;
      channel.wakeTaker();
    },
    batch: (batch) => takeBatch({ batch, spans, reader, channel }),
  });
}

function isAllRead(spans: Spans): boolean {
  return [...spans.values()].every(({ next, high }) => next >= high);
}

async function takeBatch(task: {
  batch: MessageBatch;
  spans: Spans;
  reader: GroupReader;
  channel: Channel;
}): Promise<void> {
  const { batch, spans, reader, channel } = task;
  const at = spans.get(batch.partition);
  if (channel.isOver || batch.isStale()) return;
  if (!at || at.next >= at.high) {
    batch.resolve(batch.lastOffset);
    await batch.heartbeat();
    return;
  }
  // A fetch from before the seek. One from behind it means that the offsets in between are gone from the topic.
  if (batch.fetchedOffset < at.next) {
    reader.seek(batch.partition, at.next);
    return;
  }
  const messages = batch.messages.filter(({ offset }) => offset >= at.next && offset < at.high);
  while (channel.batches.has(batch.partition) && !channel.isOver) {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, 500);
      channel.wakeReader = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    await batch.heartbeat();
  }
  if (messages.length > 0) channel.batches.set(batch.partition, messages);
  at.next = batch.lastOffset + 1;
  batch.resolve(batch.lastOffset);
  channel.wakeTaker();
}

/** Waits for the next batch; resolves with true when none came for long. */
async function silence(channel: Channel): Promise<boolean> {
  return new Promise<boolean>((resolve) => {
    const timer = setTimeout(() => resolve(true), silenceMs);
    channel.wakeTaker = () => {
      clearTimeout(timer);
      resolve(false);
    };
  });
}
