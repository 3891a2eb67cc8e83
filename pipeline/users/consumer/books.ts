// The ledgers of all partitions over the whole run: what the generations before left, and the present one.
// Pure bookkeeping: it talks to nobody.
import type { PartitionRange } from '../../kafka/broker.ts';
import { addToCounters, Ledger, type Tally } from './ledger.ts';
import type { Position } from './position.ts';

/** A position that is old enough to be committed, and the ledger it belongs to. */
export interface Ripe {
  ledger: Ledger;
  position: Position;
}

export interface RunCounts {
  written: number;
  deadLetters: number;
  skipped: number;
}

export class Books {
  readonly #tally: Tally;
  #ledgers = new Map<number, Ledger>();
  #highs = new Map<number, number>();
  /** Of the generations before the last one. */
  readonly #before: RunCounts = { written: 0, deadLetters: 0, skipped: 0 };
  /** Of the last one: a commit that was on its way when it ended still counts when it arrives. */
  #past: Ledger[] = [];

  constructor(tally: Tally = addToCounters) {
    this.#tally = tally;
  }

  get isOpen(): boolean {
    return this.#ledgers.size > 0;
  }

  /** Whether something is acknowledged that is not committed. */
  get isBehind(): boolean {
    return [...this.#ledgers.values()].some((ledger) => ledger.isBehind);
  }

  ledger(partition: number): Ledger | undefined {
    return this.#ledgers.get(partition);
  }

  /** Whether this ledger is still in use: after a rewind or a new generation it is not. */
  isCurrent(ledger: Ledger): boolean {
    return this.#ledgers.get(ledger.partition) === ledger;
  }

  /** Opens a ledger for each partition of a new generation. */
  open(positions: ReadonlyMap<number, Position>): void {
    for (const [partition, position] of positions) {
      this.#ledgers.set(partition, new Ledger(partition, position, this.#tally));
    }
  }

  /** Ends a generation. What was not committed in it is dropped: the next one reads it again. */
  close(): void {
    for (const { committed, base } of this.#past) count(this.#before, base, committed);
    this.#past = [...this.#ledgers.values()];
    this.#ledgers = new Map();
  }

  /** Goes back to what was committed, in every partition; returns where to read on. */
  rewind(): Ledger[] {
    for (const { partition, committed, base } of this.#ledgers.values()) {
      this.#ledgers.set(partition, new Ledger(partition, committed, this.#tally, base));
    }
    return [...this.#ledgers.values()];
  }

  /** What became of messages in this run. */
  counts(): RunCounts {
    const now = { ...this.#before };
    for (const { committed, base } of this.#past) count(now, base, committed);
    for (const { acknowledged, base } of this.#ledgers.values()) count(now, base, acknowledged);
    return now;
  }

  /** Messages known to be in the topic that are neither row nor dead letter yet. */
  waiting(): number {
    let waiting = 0;
    for (const { partition, acknowledged } of this.#ledgers.values()) {
      waiting += Math.max(0, (this.#highs.get(partition) ?? 0) - acknowledged.offset);
    }
    return waiting;
  }

  sawHigh(partition: number, high: number): void {
    this.#highs.set(partition, Math.max(high, this.#highs.get(partition) ?? 0));
  }

  /** What the broker says now, which may be less than before: a topic can be made again. */
  sawRanges(ranges: readonly PartitionRange[]): void {
    this.#highs = new Map(ranges.map(({ partition, high }) => [partition, high]));
  }

  /** Of these partitions, those that are not in the present generation's hands. */
  missing(ranges: readonly PartitionRange[]): PartitionRange[] {
    return ranges.filter(({ partition }) => !this.#ledgers.has(partition));
  }

  positions(): Map<number, Position> {
    return new Map([...this.#ledgers.values()].map((ledger) => [ledger.partition, ledger.acknowledged]));
  }

  /** What was acknowledged at `before` (monotonic ms) or earlier and is not committed. */
  ripe(before: number): Ripe[] {
    return [...this.#ledgers.values()].flatMap((ledger) => {
      const position = ledger.ripe(before);
      return position ? [{ ledger, position }] : [];
    });
  }
}

/** Adds what became of the messages between two positions. */
function count(counts: RunCounts, { counters: from }: Position, { counters: to }: Position): void {
  counts.written += to.written - from.written;
  counts.deadLetters += to.deadLetters - from.deadLetters;
  counts.skipped += to.skipped - from.skipped;
}
