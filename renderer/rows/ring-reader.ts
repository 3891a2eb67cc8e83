// Reads stretches of Cassandra's token ring: so many rows from a token on, or right before one. Keeps nothing.
import { limitMax } from '../../contract/limits.ts';
import type { TablePage } from '../../words/messages.ts';

export type Row = TablePage['rows'][number];

export interface RingWindow {
  rows: Row[];
  last?: string | undefined;
  isEnd: boolean;
}
/** `rows.window` of the contract. */
export type ReadRing = (
  query: { from: { token: string }; until?: string; limit: number },
  signal: AbortSignal,
) => Promise<RingWindow>;

export const ringStart = -(2n ** 63n);
export const ringEnd = 2n ** 63n - 1n;
const ringSize = 2n ** 64n;

/** Rows, and the part of the ring that holds them and no others: both ends included. */
export interface Stretch {
  rows: readonly Row[];
  from: bigint;
  to: bigint;
}

/** Where a row at this position would lie if tokens were spread evenly, which they nearly are. */
export function tokenAt(position: number, total: number): bigint {
  return ringStart + (ringSize * BigInt(position)) / BigInt(Math.max(1, total));
}

export class RingReader {
  readonly #read: ReadRing;
  readonly #signal: AbortSignal;

  constructor(read: ReadRing, signal: AbortSignal) {
    this.#read = read;
    this.#signal = signal;
  }

  /** `count` rows from a token on, fewer at the ring's end. */
  async forward(from: bigint, count: number): Promise<Stretch> {
    if (from > ringEnd) return { rows: [], from, to: ringEnd };
    const { rows, last, isEnd } = await this.#ask(from, count);
    return { rows, from, to: isEnd || last === undefined ? ringEnd : BigInt(last) };
  }

  /** The last `count` rows up to a token, fewer at the ring's beginning. `total` tells how dense the ring is. */
  async backward(until: bigint, count: number, total: number): Promise<Stretch> {
    const spacing = ringSize / BigInt(Math.max(1, total));
    let rows: readonly Row[] = [];
    let from = until + 1n;
    while (rows.length < count && from > ringStart) {
      const part = await this.#between(from - spacing * BigInt(count - rows.length), from - 1n);
      rows = [...part.rows, ...rows];
      from = part.from;
    }
    const surplus = rows.length - count;
    if (surplus <= 0) return { rows, from, to: until };
    // A window names the tokens of its ends only: this one ends right before the first row that is wanted.
    const { last } = await this.#ask(from, surplus, until);
    return { rows: rows.slice(surplus), from: last === undefined ? from : BigInt(last) + 1n, to: until };
  }

  /** All rows between two tokens, or of the latter half where they are more than one answer holds. */
  async #between(from: bigint, until: bigint): Promise<Stretch> {
    const start = from < ringStart ? ringStart : from;
    const { rows, last } = await this.#ask(start, limitMax, until);
    if (rows.length < limitMax || last === undefined || BigInt(last) >= until) {
      return { rows, from: start, to: until };
    }
    return this.#between((BigInt(last) + until) / 2n + 1n, until);
  }

  #ask(from: bigint, limit: number, until?: bigint): Promise<RingWindow> {
    const query = {
      from: { token: String(from) },
      limit,
      ...(until !== undefined && { until: String(until) }),
    };
    return this.#read(query, this.#signal);
  }
}
