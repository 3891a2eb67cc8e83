// What the app keeps for clients that come back for more: found by id, few of them, and gone when nobody asks.
import { randomUUID } from 'node:crypto';
import { RiachoError } from '../../words/errors.ts';

/** A client that has not asked for so long has vanished: ours ask every second. */
const vanishedMs = 30_000;
/** More than one window shows at once. */
const sessionsMax = 8;

interface Kept<T> {
  value: T;
  timer: NodeJS.Timeout;
}

export class Sessions<T> {
  /** In the order in which they were last asked for. */
  readonly #kept = new Map<string, Kept<T>>();
  readonly #end: (value: T) => Promise<void>;
  readonly #vanishedMs: number;

  /** `end` lets go of one; it must not reject. Tests set the time after which a client has vanished. */
  constructor(end: (value: T) => Promise<void>, vanishedAfterMs = vanishedMs) {
    this.#end = end;
    this.#vanishedMs = vanishedAfterMs;
  }

  /** Keeps one more and returns its id. Where there are too many, the one that was not asked for the longest ends. */
  add(value: T): string {
    const id = randomUUID();
    const timer = setTimeout(() => void this.close(id), this.#vanishedMs);
    timer.unref();
    this.#kept.set(id, { value, timer });
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > sessionsMax && oldest !== undefined) void this.close(oldest);
    return id;
  }

  /** Throws `SESSION_GONE`. */
  get(id: string): T {
    const kept = this.#kept.get(id);
    if (!kept) throw new RiachoError('SESSION_GONE');
    kept.timer.refresh();
    this.#kept.delete(id);
    this.#kept.set(id, kept);
    return kept.value;
  }

  /** Resolves when it has ended; one that is gone already is no error. */
  async close(id: string): Promise<void> {
    const kept = this.#kept.get(id);
    if (!kept) return;
    clearTimeout(kept.timer);
    this.#kept.delete(id);
    await this.#end(kept.value);
  }

  async closeAll(): Promise<void> {
    await Promise.all([...this.#kept.keys()].map((id) => this.close(id)));
  }
}
