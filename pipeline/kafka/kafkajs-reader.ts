// A group's reader through kafkajs: one member of the group after another, since the library's consumer hangs or ends
// where connections break at a bad moment. Speaks `broker.ts`; decides nothing about what is read.
import { setTimeout as delay } from 'node:timers/promises';
import type { EachBatchPayload } from 'kafkajs';
import type { GroupPosition, GroupReader, MessageBatch, ReaderHandler, ReaderPace } from './broker.ts';
import { isWorthAnotherTry, translate } from './kafkajs-faults.ts';
import { openMember, type Member, type MemberOptions } from './kafkajs-member.ts';

const usualPace: ReaderPace = {
  // How soon a stop and a heartbeat get their turn.
  idleMs: 250,
  bytesMin: 1,
  // Decoding is one piece of work in which nothing else runs: some 500 messages, a few ms, for each partition.
  partitionBytes: 256 * 1024,
};
const pauseMs = { first: 200, longest: 1_000 };

function toBatch(payload: EachBatchPayload, over: AbortSignal): MessageBatch {
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
    isStale: () => over.aborted || payload.isStale() || !payload.isRunning(),
  };
}

/** What a reader reads, and how. */
export interface ReaderTask {
  kafkaOn: MemberOptions['kafkaOn'];
  group: string;
  topic: string;
  pace?: ReaderPace | undefined;
  brokers: readonly string[];
}

/** A reader that is in its group again, by itself, whenever it fell out of it. */
export function openKafkajsReader(task: ReaderTask): GroupReader {
  return new Reader(task);
}

class Reader implements GroupReader {
  readonly #task: ReaderTask;
  readonly #closed = new AbortController();
  #handler: ReaderHandler | undefined;
  #member: Member | undefined;
  #isStarted = false;

  constructor(task: ReaderTask) {
    this.#task = task;
  }

  async start(handler: ReaderHandler): Promise<void> {
    this.#handler = handler;
    const member = this.#open(handler);
    try {
      await member.start();
    } catch (error) {
      void member.leave();
      throw translate(error, this.#task.brokers, this.#task.topic);
    }
    this.#isStarted = true;
    // It may have died between its first fetch and this line.
    if (member.over.aborted) await member.died.catch((error: unknown) => this.#replace(error));
  }

  async commit(positions: readonly GroupPosition[]): Promise<void> {
    const { brokers, topic } = this.#task;
    try {
      await this.#now().commit(
        positions.map(({ partition, offset, metadata }) => ({
          topic,
          partition,
          offset: String(offset),
          metadata,
        })),
      );
    } catch (error) {
      throw translate(error, brokers, topic);
    }
  }

  seek(partition: number, offset: number): void {
    this.#now().consumer.seek({ topic: this.#task.topic, partition, offset: String(offset) });
  }

  async close(): Promise<void> {
    this.#closed.abort();
    await this.#member?.leave();
  }

  #open(handler: ReaderHandler): Member {
    const { kafkaOn, group, topic, pace = usualPace } = this.#task;
    const member = openMember({
      kafkaOn,
      group,
      topic,
      pace,
      former: this.#member?.id,
      joined: (partitions) => handler.joined(partitions),
      gap: (partition, from, to) => handler.gap(partition, from, to),
      rebalancing: () => handler.left('rebalance'),
      batch: (payload) => handler.batch(toBatch(payload, member.over)),
      died: (error) => {
        if (this.#isStarted) void this.#replace(error);
      },
    });
    this.#member = member;
    return member;
  }

  /** A dead member's place is taken by another, as soon as the broker lets it in. */
  async #replace(cause: unknown): Promise<void> {
    const { brokers, topic } = this.#task;
    const { signal } = this.#closed;
    const handler = this.#handler;
    if (!handler || signal.aborted) return;
    this.#isStarted = false;
    let error = cause;
    for (let pause = pauseMs.first; !signal.aborted; pause = Math.min(2 * pause, pauseMs.longest)) {
      void this.#member?.leave();
      if (!isWorthAnotherTry(error)) {
        handler.failed(translate(error, brokers, topic));
        return;
      }
      handler.left('broker');
      await delay(pause, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
      try {
        await this.start(handler);
        return;
      } catch (again) {
        error = again;
      }
    }
  }

  #now(): Member {
    if (!this.#member) throw new Error('the reader was not started');
    return this.#member;
  }
}
