// The books of one partition in one generation of the group: what was taken, what is acknowledged, what is
// old enough to be committed. Pure: it is told the time and asks nobody anything.
import type { Counters, Position } from './position.ts';

export type Term = 'skipped' | 'written' | 'deadLetters';
export type Tally = (counters: Counters, term: Term, count: number) => void;

/** One message that was taken and has not been settled, or waits for those before it. */
export interface Entry {
  offset: number;
  /** Offsets between the entry before and this one that hold nothing. */
  gap: number;
  outcome: Term | undefined;
}

interface Mark {
  position: Position;
  /** When the last acknowledgement in it came, in the caller's monotonic ms. */
  at: number;
}

/** Marks are this far apart: few enough to keep, close enough not to delay a commit. */
const markIntervalMs = 50;

export const addToCounters: Tally = (counters, term, count) => {
  counters[term] += count;
};

export class Ledger {
  readonly partition: number;
  /** As the run found it: what was counted before. */
  readonly base: Position;
  #committed: Position;
  #acknowledged: Position;
  #next: number;
  #entries: Entry[] = [];
  #head = 0;
  #marks: Mark[] = [];
  #openedAt = Number.NEGATIVE_INFINITY;
  readonly #tally: Tally;

  constructor(
    partition: number,
    position: Position,
    tally: Tally = addToCounters,
    base: Position = position,
  ) {
    this.partition = partition;
    this.base = base;
    this.#committed = position;
    this.#acknowledged = { offset: position.offset, counters: { ...position.counters } };
    this.#next = position.offset;
    this.#tally = tally;
  }

  /** The offset that the next message is expected at. */
  get next(): number {
    return this.#next;
  }

  /** Everything before it is a row, a dead letter or skipped, and acknowledged as such. */
  get acknowledged(): Position {
    return this.#acknowledged;
  }

  get committed(): Position {
    return this.#committed;
  }

  /** Whether something is acknowledged that is not committed. */
  get isBehind(): boolean {
    return this.#acknowledged.offset > this.#committed.offset;
  }

  /** Takes the message at `offset`; offsets before it that were never seen count as skipped with it. */
  take(offset: number): Entry {
    const entry: Entry = { offset, gap: offset - this.#next, outcome: undefined };
    this.#next = offset + 1;
    this.#entries.push(entry);
    return entry;
  }

  /** Counts everything from the next offset up to and including `last` as skipped. Returns how many. */
  skipTo(last: number, at: number): number {
    const count = last + 1 - this.#next;
    if (count <= 0) return 0;
    const entry = this.take(last);
    this.settle(entry, 'skipped', at);
    return count;
  }

  /** Says what became of an entry; what stands before it may still be open. */
  settle(entry: Entry, outcome: Term, at: number): void {
    entry.outcome = outcome;
    let head = this.#entries[this.#head];
    if (head?.outcome === undefined) return;
    const { counters } = this.#acknowledged;
    while (head?.outcome !== undefined) {
      if (head.gap > 0) this.#tally(counters, 'skipped', head.gap);
      this.#tally(counters, head.outcome, 1);
      this.#acknowledged.offset = head.offset + 1;
      this.#head += 1;
      head = this.#entries[this.#head];
    }
    if (this.#head > 1_024) {
      this.#entries.splice(0, this.#head);
      this.#head = 0;
    }
    this.#mark(at);
  }

  /** The newest position whose every acknowledgement came at `before` or earlier; undefined for none. */
  ripe(before: number): Position | undefined {
    return this.#marks.findLast((mark) => mark.at <= before)?.position;
  }

  /** Notes that the broker has taken this position. */
  commit(position: Position): void {
    this.#committed = position;
    this.#marks = this.#marks.filter((mark) => mark.position.offset > position.offset);
  }

  #mark(at: number): void {
    const position = { offset: this.#acknowledged.offset, counters: { ...this.#acknowledged.counters } };
    const last = this.#marks.at(-1);
    // A mark grows for a while and is then left to ripen, however fast acknowledgements come.
    if (last && at - this.#openedAt < markIntervalMs) {
      last.position = position;
      last.at = at;
    } else {
      this.#marks.push({ position, at });
      this.#openedAt = at;
    }
  }
}
