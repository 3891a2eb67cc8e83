// A table's rows as positions, read by offset as they are shown; a bounded number of pages stays in memory.
// Knows no React and no client.
import { faultOf, type Fault } from '../../../words/errors.ts';

const pageRows = 200;
const pagesMax = 20;

export type ReadOffset<R> = (
  page: { offset: number; limit: number },
  signal: AbortSignal,
) => Promise<{ rows: R[]; total: number }>;

/** One for each table shown; `close` ends its reading. */
export class OffsetPages<R> {
  readonly #read: ReadOffset<R>;
  readonly #ending = new AbortController();
  readonly #listeners = new Set<() => void>();
  /** In the order of their last use. */
  readonly #pages = new Map<number, readonly R[]>();
  /** Shown, but to be read anew. */
  readonly #stale = new Set<number>();
  #view = { first: 0, last: 0 };
  #total: number | undefined;
  #isReading = false;
  #version = 0;
  #fault: Fault | undefined;

  constructor(read: ReadOffset<R>) {
    this.#read = read;
  }

  /** Undefined until the first page has come. */
  get total(): number | undefined {
    return this.#total;
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
  rowAt(position: number): R | undefined {
    return this.#pages.get(Math.floor(position / pageRows))?.[position % pageRows];
  }

  /** Says which positions are shown: what is missing of them is read. */
  readonly show = (first: number, last: number): void => {
    this.#view = { first, last };
    if (!this.#fault) void this.#work();
  };

  /** Reads everything anew; what is shown stays until it has come. Goes on after a fault. */
  readonly refresh = (): void => {
    for (const page of this.#pages.keys()) this.#stale.add(page);
    this.#fault = undefined;
    void this.#work();
  };

  close(): void {
    this.#ending.abort();
    this.#listeners.clear();
  }

  #missing(): number | undefined {
    const first = Math.floor(this.#view.first / pageRows);
    const last = Math.floor(Math.min(this.#view.last, Math.max(0, (this.#total ?? 1) - 1)) / pageRows);
    const shown = Array.from({ length: Math.max(1, last - first + 1) }, (_, index) => first + index);
    return shown.find((page) => !this.#pages.has(page) || this.#stale.has(page));
  }

  /** One page at a time: a view that has moved on meanwhile is served next. */
  async #work(): Promise<void> {
    if (this.#isReading) return;
    this.#isReading = true;
    try {
      for (let page = this.#missing(); page !== undefined; page = this.#missing()) {
        this.#stale.delete(page);
        const { rows, total } = await this.#read(
          { offset: page * pageRows, limit: pageRows },
          this.#ending.signal,
        );
        this.#keep(page, rows, total);
      }
    } catch (error) {
      if (!this.#ending.signal.aborted) this.#fault = faultOf(error);
    } finally {
      this.#isReading = false;
      this.#changed();
    }
  }

  #keep(page: number, rows: readonly R[], total: number): void {
    // Other rows have other positions when some came before them.
    if (total !== this.#total)
      for (const other of this.#pages.keys()) if (other !== page) this.#stale.add(other);
    this.#total = total;
    this.#pages.delete(page);
    this.#pages.set(page, rows);
    const [oldest] = this.#pages.keys();
    if (this.#pages.size > pagesMax && oldest !== undefined) {
      this.#pages.delete(oldest);
      this.#stale.delete(oldest);
    }
    this.#changed();
  }

  #changed(): void {
    if (this.#ending.signal.aborted) return;
    this.#version += 1;
    for (const listener of this.#listeners) listener();
  }
}
