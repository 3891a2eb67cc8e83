// One person's reading of a topic: goes on in the background, keeps a bounded number of matches, hands them out
// as they are pulled. Knows nothing of clients or clocks; who keeps it closes it.
import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  frameRows,
  sessionRows,
  type BrowseFilter,
  type BrowseFrame,
  type BrowseFrom,
  type BrowseState,
  type LabTopic,
  type MessageRow,
} from '../../words/browse.ts';
import { faultOf } from '../../words/errors.ts';
import type { Broker, Message, PartitionRange } from '../kafka/broker.ts';
import { readTopic } from '../kafka/topic-reading.ts';
import { createFilter } from './filter.ts';
import { toRow } from './shown-bytes.ts';
import { inTimeOrder } from './time-order.ts';

/** How many of the last messages `newest` brings. */
export const newestRows = 500;
/** Messages looked at before others get their turn: a few milliseconds' work. */
const chunkSize = 500;

export interface BrowseTask {
  broker: Broker;
  topic: LabTopic;
  from: BrowseFrom;
  filter: BrowseFilter;
  /** Matches after which it rests; tests set it low. */
  rowsMax?: number;
  log?: (message: string, detail?: unknown) => void;
}

/** What `pull` answers: `version` is the `seq` of the frame's last match, `skipped` counts those lost before it. */
export interface Pulled {
  version: number;
  frame: BrowseFrame;
  skipped: number;
}

export class BrowseSession {
  readonly #task: BrowseTask;
  readonly #matches: (message: Message) => boolean;
  readonly #isLive: boolean;
  readonly #stop = new AbortController();
  /** What is still to be read of each partition. */
  readonly #ranges: PartitionRange[];
  readonly #inTopic: number;
  readonly #toScan: number;
  /** Matches not yet given up: in `live` the newest only, else all since it last rested. */
  #rows: MessageRow[] = [];
  /** For `newest` until everything is read: the last matches of each partition. */
  readonly #newest = new Map<number, MessageRow[]>();
  #seq = 0;
  #handedOut = 0;
  /** The `seq` with which it rests. */
  #restAt: number;
  #scanned = 0;
  #matched = 0;
  #state: BrowseState = { status: 'opening' };
  #revision = 0;
  #seenRevision = -1;
  #reading: Promise<void>;

  /** Finds out where to begin; resolves when it is settled, so that what comes from now on is seen by `live`. */
  static async open(task: BrowseTask): Promise<BrowseSession> {
    const whole = await task.broker.ranges(task.topic);
    return new BrowseSession(task, whole, await startRanges(task, whole));
  }

  private constructor(task: BrowseTask, whole: readonly PartitionRange[], ranges: PartitionRange[]) {
    this.#task = task;
    this.#matches = createFilter(task.filter);
    this.#isLive = task.from.at === 'live';
    this.#ranges = ranges;
    this.#inTopic = offsetsIn(whole);
    this.#toScan = offsetsIn(ranges);
    this.#restAt = this.#rowsMax;
    this.#reading = this.#read();
  }

  /** Whether `pull` has something to say that the last one had not. */
  hasNews(after: number): boolean {
    return this.#seq > after || this.#revision !== this.#seenRevision;
  }

  /** The matches behind `after`, at most a frame of them: the next ones, or in `live` the newest. */
  pull(after: number): Pulled {
    this.#seenRevision = this.#revision;
    const behind = this.#rows.filter(({ seq }) => seq > after);
    const messages = this.#isLive ? behind.slice(-frameRows) : behind.slice(0, frameRows);
    const version = messages.at(-1)?.seq ?? after;
    this.#handedOut = Math.max(this.#handedOut, version);
    // Whoever stops at an end must have everything that lies before it.
    const isMore = messages.length < behind.length && !this.#isLive;
    return {
      version,
      skipped: Math.max(0, (messages[0]?.seq ?? after + 1) - after - 1),
      frame: {
        state: isMore ? { status: 'reading' } : this.#state,
        scanned: this.#scanned,
        total: this.#inTopic + (this.#isLive ? this.#scanned : 0),
        matched: this.#matched,
        messages,
      },
    };
  }

  /** Goes on where a full session rests; elsewhere there is nothing to do. */
  resume(): void {
    if (this.#state.status !== 'full' || this.#stop.signal.aborted) return;
    this.#rows = this.#rows.filter(({ seq }) => seq > this.#handedOut);
    this.#restAt = this.#handedOut + this.#rowsMax;
    this.#become({ status: 'reading' });
    this.#reading = this.#read();
  }

  /** Resolves when the reading has ended and its group is deleted. */
  async close(): Promise<void> {
    this.#stop.abort();
    await this.#reading;
  }

  get #rowsMax(): number {
    return this.#task.rowsMax ?? sessionRows;
  }

  #become(state: BrowseState): void {
    this.#state = state;
    this.#revision += 1;
  }

  async #read(): Promise<void> {
    const { broker, topic } = this.#task;
    const { signal } = this.#stop;
    try {
      const reading = readTopic(broker, {
        topic,
        ranges: this.#ranges,
        isLive: this.#isLive,
        began: () => this.#become({ status: this.#isLive ? 'live' : 'reading' }),
        signal,
      });
      for await (const messages of reading) {
        await this.#look(inTimeOrder(messages));
        if (this.#isFull || signal.aborted) break;
      }
      if (this.#isFull) {
        this.#become({ status: 'full' });
        return;
      }
      if (this.#task.from.at === 'newest') this.#sortNewest();
      // With the offsets that hold no message: everything was looked at.
      this.#scanned = this.#toScan;
      this.#become({ status: 'done' });
    } catch (error) {
      if (signal.aborted) return;
      this.#task.log?.('a reading for a person ended', error);
      this.#become({ status: 'failed', fault: faultOf(error) });
    }
  }

  get #isFull(): boolean {
    return !this.#isLive && this.#seq >= this.#restAt;
  }

  /** Looks at what a fetch brought, until the session is full. */
  async #look(messages: readonly Message[]): Promise<void> {
    for (let from = 0; from < messages.length; from += chunkSize) {
      for (const message of messages.slice(from, from + chunkSize)) {
        if (this.#isFull) return;
        this.#take(message);
      }
      if (this.#isLive) this.#rows = this.#rows.slice(-frameRows);
      this.#revision += 1;
      await nextTurn();
      if (this.#stop.signal.aborted) return;
    }
  }

  #take(message: Message): void {
    this.#scanned += 1;
    const range = this.#ranges.find(({ partition }) => partition === message.partition);
    if (range) range.low = message.offset + 1;
    if (!this.#matches(message)) return;
    this.#matched += 1;
    if (this.#task.from.at === 'newest') this.#keepNewest(message);
    else this.#rows.push(toRow(message, (this.#seq += 1)));
  }

  #keepNewest(message: Message): void {
    const kept = this.#newest.get(message.partition) ?? [];
    kept.push(toRow(message, 0));
    // Let go of in lots: of a million matches each would move the whole list.
    if (kept.length > 2 * newestRows) kept.splice(0, kept.length - newestRows);
    this.#newest.set(message.partition, kept);
  }

  #sortNewest(): void {
    this.#rows = inTimeOrder([...this.#newest.values()].flat())
      .slice(-newestRows)
      .map((row, index) => ({ ...row, seq: index + 1 }));
    this.#newest.clear();
    this.#seq = this.#rows.length;
  }
}

function offsetsIn(ranges: readonly PartitionRange[]): number {
  return ranges.reduce((sum, { low, high }) => sum + high - low, 0);
}

/** What each partition has to be read of, for the place a person chose. */
async function startRanges(task: BrowseTask, whole: readonly PartitionRange[]): Promise<PartitionRange[]> {
  const { broker, topic, from, filter } = task;
  const within = (range: PartitionRange, low: number): PartitionRange => ({
    ...range,
    low: Math.min(Math.max(range.low, low), range.high),
  });
  switch (from.at) {
    case 'beginning':
      return whole.map((range) => ({ ...range }));
    case 'newest':
      // What matches a filter may lie anywhere before the end.
      return whole.map((range) => within(range, filter.text === '' ? range.high - newestRows : range.low));
    case 'offset':
      return whole.map((range) => within(range, from.offset));
    case 'live':
      return whole.map((range) => within(range, range.high));
    case 'time': {
      const starts = await broker.offsetsAt(topic, from.time);
      const startOf = new Map(starts.map(({ partition, offset }) => [partition, offset]));
      return whole.map((range) => within(range, startOf.get(range.partition) ?? range.high));
    }
  }
}
