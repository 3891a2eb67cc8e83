// A table's rows as positions 0 … total−1, read as they are shown; a bounded number of pages stays in memory.
// Knows no React and no client. A jump lands by a share of the ring, from there on neighbours are read contiguously;
// where such a walk meets an end of the ring, its positions are put right.
import type { Fault } from '../../words/errors.ts';
import { faultOf } from '../../words/errors.ts';
import {
  ringEnd,
  RingReader,
  ringStart,
  tokenAt,
  type ReadRing,
  type Row,
  type Stretch,
} from './ring-reader.ts';

/** Where a page lies; known of pages, too, that were let go: they come back as they were. */
interface Place {
  from: bigint;
  to: bigint;
  count: number;
}

/** A walk that began with a jump is off by some pages at most when it meets an end of the ring. */
const anchorPagesMax = 40;

interface RowPagesOptions {
  pageRows?: number;
  /** Pages kept in memory. */
  pagesMax?: number;
  /** The rows shown now stand so many positions further on: whoever shows them follows. */
  onMove?: (by: number) => void;
}

/** One for each table shown; `close` ends its reading. */
export class RowPages {
  readonly #ring: RingReader;
  readonly #pageRows: number;
  readonly #pagesMax: number;
  readonly #onMove: (by: number) => void;
  readonly #listeners = new Set<() => void>();
  readonly #ending = new AbortController();
  /** In the order of their last use. */
  readonly #pages = new Map<number, readonly Row[]>();
  readonly #places = new Map<number, Place>();
  /** Shown, but to be read anew. */
  readonly #stale = new Set<number>();
  /** Positions. */
  #view = { first: 0, last: -1 };
  #told = 0;
  #total = 0;
  #isExact = false;
  /** So many pages from the first one on are known without a gap. */
  #chain = 0;
  /** From this page to the last one, likewise. */
  #tail = 0;
  #isReading = false;
  #version = 0;
  #fault: Fault | undefined;

  constructor(read: ReadRing, { pageRows = 200, pagesMax = 30, onMove }: RowPagesOptions = {}) {
    this.#ring = new RingReader(read, this.#ending.signal);
    this.#pageRows = pageRows;
    this.#pagesMax = pagesMax;
    this.#onMove = onMove ?? (() => undefined);
  }

  get total(): number {
    return this.#total;
  }
  /** Whether `total` was counted: by Cassandra, or by reading from the ring's beginning to its end. */
  get isExact(): boolean {
    return this.#isExact;
  }
  get fault(): Fault | undefined {
    return this.#fault;
  }
  get pagesInMemory(): number {
    return this.#pages.size;
  }
  /** Changes with everything that can be seen. */
  readonly version = (): number => this.#version;
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Undefined while it is being read. */
  rowAt(position: number): Row | undefined {
    return this.#pages.get(this.#pageOf(position))?.[position % this.#pageRows];
  }

  /** Whether a row's position is counted, from the ring's beginning or back from its end; else it is reckoned. */
  isPlaced(position: number): boolean {
    const page = this.#pageOf(position);
    return page < this.#chain || (this.#isExact && page >= this.#tail);
  }

  /** Says which positions are shown: what is missing of them is read, and the pages around. */
  show(first: number, last: number): void {
    this.#view = { first, last };
    for (const page of this.#shownPages()) {
      const rows = this.#pages.get(page);
      if (rows) this.#pages.delete(page);
      if (rows) this.#pages.set(page, rows);
    }
    if (!this.#fault) void this.#work();
  }

  /** Takes what `rows.size` or `rows.count` says; what is shown stays in its place. */
  setTotal(rows: number, isExact: boolean): void {
    if (rows !== this.#told || isExact !== this.#isExact) {
      this.#total = rows;
      this.#isExact = isExact;
      // Where the ring ended there may be more by now.
      for (const [page, { to }] of this.#places) if (to === ringEnd) this.#renew(page);
      this.#trim();
      this.#changed();
    }
    this.#told = rows;
    this.retry();
  }

  /** Reads everything anew; the first page shown begins where it did. */
  refresh(): void {
    const first = this.#pageOf(this.#view.first);
    for (const page of this.#places.keys()) if (page !== first) this.#places.delete(page);
    for (const page of this.#pages.keys()) this.#renew(page);
    this.#chain = 0;
    this.retry();
  }

  /** Goes on after a fault. */
  retry(): void {
    if (this.#fault) {
      this.#fault = undefined;
      this.#changed();
    }
    void this.#work();
  }

  close(): void {
    this.#ending.abort();
    this.#listeners.clear();
  }

  get #lastPage(): number {
    return this.#pageOf(Math.max(0, this.#total - 1));
  }
  #pageOf(position: number): number {
    return Math.floor(position / this.#pageRows);
  }
  #shownPages(): number[] {
    const first = this.#pageOf(Math.max(0, this.#view.first));
    const last = this.#pageOf(this.#view.last);
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
  }
  #isFresh(page: number): boolean {
    return this.#pages.has(page) && !this.#stale.has(page);
  }
  #isShown(page: number): boolean {
    return this.#isFresh(page) && this.#shownPages().includes(page);
  }

  /** What is shown stays until it has come anew; anything else is let go. */
  #renew(page: number): void {
    if (this.#shownPages().includes(page)) this.#stale.add(page);
    else this.#pages.delete(page);
  }

  #changed(): void {
    this.#tail = this.#lastPage + 1;
    while (this.#reachesEnd(this.#tail - 1)) this.#tail -= 1;
    this.#version += 1;
    for (const listener of this.#listeners) listener();
  }

  /** The pages shown first, then the next, then the one before. */
  #missing(): number | undefined {
    const shown = this.#shownPages();
    if (this.#total === 0) return undefined;
    return [...shown, (shown.at(-1) ?? -1) + 1, (shown[0] ?? 0) - 1].find(
      (page) => page >= 0 && page <= this.#lastPage && !this.#isFresh(page),
    );
  }

  /** One page at a time: a view that has moved on meanwhile is served next. */
  async #work(): Promise<void> {
    if (this.#isReading) return;
    this.#isReading = true;
    try {
      for (let page = this.#missing(); page !== undefined; page = this.#missing()) {
        await this.#load(page);
        if (this.#ending.signal.aborted) return;
        this.#changed();
      }
    } catch (error) {
      if (this.#ending.signal.aborted) return;
      this.#fault = faultOf(error);
      this.#changed();
    } finally {
      this.#isReading = false;
    }
  }

  /** A neighbour that is shown decides where a page begins, so that nothing shown has to change. */
  async #load(page: number): Promise<void> {
    const before = this.#places.get(page - 1);
    const own = this.#places.get(page);
    const after = this.#places.get(page + 1);
    if (page === 0) await this.#loadFirst();
    else if (before && this.#isShown(page - 1)) await this.#goOn(page, before);
    else if (after && this.#isShown(page + 1)) await this.#goBack(page, after);
    else if (own) this.#keep(page, await this.#ring.forward(own.from, this.#pageRows));
    else if (before) await this.#goOn(page, before);
    else if (after) await this.#goBack(page, after);
    else if (page === this.#lastPage) this.#keep(page, await this.#backward(page, ringEnd));
    else
      this.#keep(page, await this.#ring.forward(tokenAt(page * this.#pageRows, this.#total), this.#pageRows));
    if (this.#isFresh(page)) await this.#meetEnd(page);
  }

  async #loadFirst(): Promise<void> {
    const first = await this.#ring.forward(ringStart, this.#pageRows);
    const second = this.#places.get(1);
    const isOff = second && this.#isShown(1) && second.from !== first.to + 1n;
    this.#keep(0, first);
    if (isOff) await this.#anchor('start', 1);
  }

  async #goOn(page: number, before: Place): Promise<void> {
    if (before.to === ringEnd)
      await (this.#isFresh(page - 1) ? this.#meetEnd(page - 1) : this.#load(page - 1));
    else this.#keep(page, await this.#ring.forward(before.to + 1n, this.#pageRows));
  }

  async #goBack(page: number, after: Place): Promise<void> {
    const found = await this.#backward(page, after.from - 1n);
    if (found.rows.length === this.#pageRows) this.#keep(page, found);
    else await this.#anchor('start', page + 1);
  }

  /** As many rows as the page takes, up to a token. */
  #backward(page: number, until: bigint): Promise<Stretch> {
    const count = Math.min(this.#pageRows, this.#total - page * this.#pageRows);
    return this.#ring.backward(until, count, this.#total);
  }

  /** Keeps a page; a neighbour that does not join it belongs to another walk and is forgotten. */
  #keep(page: number, { rows, from, to }: Stretch): void {
    this.#stale.delete(page);
    this.#pages.delete(page);
    this.#pages.set(page, rows);
    this.#places.set(page, { from, to, count: rows.length });
    const before = this.#places.get(page - 1);
    const after = this.#places.get(page + 1);
    if (before && before.to + 1n !== from) this.#forget(page - 1);
    if (after && after.from !== to + 1n) this.#forget(page + 1);
    this.#chain = Math.min(this.#chain, page);
    while (this.#isJoined(this.#chain)) this.#chain += 1;
    this.#trim();
  }

  #isJoined(page: number): boolean {
    const before = page === 0 ? ringStart - 1n : this.#places.get(page - 1)?.to;
    return before !== undefined && this.#places.get(page)?.from === before + 1n;
  }

  /** Whether the page is full, and the next one joins it, or the ring ends with it. */
  #reachesEnd(page: number): boolean {
    const place = this.#places.get(page);
    const next = page === this.#lastPage ? ringEnd + 1n : this.#places.get(page + 1)?.from;
    const isFull = place?.count === Math.min(this.#pageRows, this.#total - page * this.#pageRows);
    return place !== undefined && isFull && next === place.to + 1n;
  }

  #forget(page: number): void {
    this.#places.delete(page);
    this.#chain = Math.min(this.#chain, page);
    this.#renew(page);
  }

  #trim(): void {
    const shown = this.#shownPages();
    for (const page of this.#pages.keys()) {
      const isOver = this.#pages.size > this.#pagesMax && !shown.includes(page);
      if (isOver || page > this.#lastPage) this.#pages.delete(page);
    }
  }

  /** The ring's end and the last position belong together. */
  async #meetEnd(page: number): Promise<void> {
    const { to, count } = this.#places.get(page) ?? { to: ringStart, count: 0 };
    const isEnd = to === ringEnd;
    const end = page * this.#pageRows + count;
    if (!isEnd && end < this.#total) return;
    if (page < this.#chain) {
      // Read from the ring's beginning on: this is counted.
      this.#isExact = isEnd;
      this.#total = isEnd ? end : end + 1;
      this.#trim();
    } else if (!isEnd || end !== this.#total) await this.#anchor('end', page);
  }

  /** Reads anew from an end of the ring up to the first row of `page`, and says where that row really stands. */
  async #anchor(
    edge: 'start' | 'end',
    page: number,
    known = this.#pages.get(page)?.[0]?.['id'],
  ): Promise<void> {
    this.#pages.clear();
    this.#places.clear();
    this.#stale.clear();
    this.#chain = 0;
    const last = this.#lastPage;
    for (let step = 0; step < Math.min(anchorPagesMax, last + 1); step += 1) {
      const at = edge === 'start' ? step : last - step;
      const read =
        edge === 'start'
          ? await this.#ring.forward((this.#places.get(at - 1)?.to ?? ringStart - 1n) + 1n, this.#pageRows)
          : await this.#backward(at, (this.#places.get(at + 1)?.from ?? ringEnd + 1n) - 1n);
      // The ring began before the positions did: there are fewer rows than was thought.
      if (edge === 'end' && at > 0 && read.from === ringStart) return this.#anchor('start', page, known);
      this.#keep(at, read);
      const index = read.rows.findIndex(({ id }) => id === known);
      if (index < 0) continue;
      const by = at * this.#pageRows + index - page * this.#pageRows;
      this.#view = { first: Math.max(0, this.#view.first + by), last: Math.max(0, this.#view.last + by) };
      if (by !== 0) this.#onMove(by);
      return;
    }
  }
}
