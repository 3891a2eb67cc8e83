// Reads a topic from chosen offsets up to where it ended when the reading began, through a group of its own
// that is deleted afterwards. Nobody else's positions are touched.
import { randomUUID } from 'node:crypto';
import type { Broker, GroupReader, Message, MessageBatch, PartitionRange } from './broker.ts';

export interface TopicReading {
  topic: string;
  /** The first offset to read of each partition; `high` ends it. Partitions with nothing to read are left out. */
  ranges: readonly PartitionRange[];
  signal?: AbortSignal;
}

/** A partition whose last offsets hold no message (compaction) never gets there: silence this long is its end. */
const silenceMs = 5_000;

interface Channel {
  batches: Message[][];
  wakeReader: () => void;
  wakeTaker: () => void;
}

/**
 * Yields what each fetch brings, within the ranges, in offset order per partition. One fetch at most is kept
 * ahead of whoever takes. Ends with the last offset, when the loop is left, or by the signal (which throws).
 */
export async function* readTopic(broker: Broker, reading: TopicReading): AsyncGenerator<readonly Message[]> {
  const open = new Map(
    reading.ranges
      .filter(({ low, high }) => low < high)
      .map(({ partition, low, high }) => [partition, { next: low, high }]),
  );
  if (open.size === 0) return;
  const group = `riacho-browse-${randomUUID()}`;
  const reader = broker.openReader(group, reading.topic);
  const channel: Channel = { batches: [], wakeReader: () => {}, wakeTaker: () => {} };
  const state: { failure?: unknown; over: boolean } = { over: false };
  const stop = (): void => {
    state.over = true;
    channel.wakeReader();
    channel.wakeTaker();
  };
  reading.signal?.addEventListener('abort', stop, { once: true });
  try {
    await reader.start({
      joined: () => {},
      left: () => {},
      failed: (error) => {
        state.failure = error;
        stop();
      },
      gap: (partition, _from, to) => {
        const at = open.get(partition);
        if (at && to >= at.next) advance(open, partition, to + 1);
        channel.wakeTaker();
      },
      batch: (batch) => takeBatch({ batch, open, reader, channel, isOver: () => state.over }),
    });
    for (const [partition, { next }] of open) reader.seek(partition, next);
    while (!state.over) {
      const messages = channel.batches.shift();
      if (messages) {
        channel.wakeReader();
        yield messages;
        continue;
      }
      if (open.size === 0) return;
      const isSilent = await silent(channel);
      if (isSilent && channel.batches.length === 0) return;
    }
    reading.signal?.throwIfAborted();
    if (state.failure !== undefined) throw state.failure;
  } finally {
    reading.signal?.removeEventListener('abort', stop);
    stop();
    await reader.close();
    await broker.deleteGroup(group).catch(() => undefined);
  }
}

function advance(open: Map<number, { next: number; high: number }>, partition: number, next: number): void {
  const at = open.get(partition);
  if (!at) return;
  at.next = next;
  if (next >= at.high) open.delete(partition);
}

async function takeBatch(task: {
  batch: MessageBatch;
  open: Map<number, { next: number; high: number }>;
  reader: GroupReader;
  channel: Channel;
  isOver: () => boolean;
}): Promise<void> {
  const { batch, open, reader, channel, isOver } = task;
  const at = open.get(batch.partition);
  if (isOver() || batch.isStale()) return;
  if (!at) {
    batch.resolve(batch.lastOffset);
    await batch.heartbeat();
    return;
  }
  if (batch.fetchedOffset !== at.next) {
    reader.seek(batch.partition, at.next);
    return;
  }
  const messages = batch.messages.filter(({ offset }) => offset >= at.next && offset < at.high);
  while (channel.batches.length > 0 && !isOver()) {
    await new Promise<void>((resolve) => {
      channel.wakeReader = resolve;
      setTimeout(resolve, 500);
    });
    await batch.heartbeat();
  }
  if (messages.length > 0) channel.batches.push(messages);
  advance(open, batch.partition, batch.lastOffset + 1);
  batch.resolve(batch.lastOffset);
  channel.wakeTaker();
}

/** Waits for the next batch; resolves with true when none came for long. */
async function silent(channel: Channel): Promise<boolean> {
  return new Promise<boolean>((resolve) => {
    const timer = setTimeout(() => resolve(true), silenceMs);
    channel.wakeTaker = () => {
      clearTimeout(timer);
      resolve(false);
    };
  });
}
