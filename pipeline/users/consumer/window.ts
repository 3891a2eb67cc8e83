// How much may be on its way at once. Taking blocks while it is full; giving back wakes who waits.
import type { Message } from '../../kafka/broker.ts';

/** Whoever waits is woken when no more than this share is taken. */
const roomShare = 3 / 4;

export class Window {
  #entries = 0;
  #bytes = 0;
  readonly #wake = new Set<() => void>();
  readonly #limit: { entries: number; bytes: number };

  constructor(limit: { entries: number; bytes: number }) {
    this.#limit = limit;
  }

  get isEmpty(): boolean {
    return this.#entries === 0;
  }

  /** Whether one more of this size fits. One alone always does, however large. */
  fits(bytes: number): boolean {
    if (this.#entries === 0) return true;
    return this.#entries < this.#limit.entries && this.#bytes + bytes <= this.#limit.bytes;
  }

  take(bytes: number): void {
    this.#entries += 1;
    this.#bytes += bytes;
  }

  give(bytes: number): void {
    this.#entries -= 1;
    this.#bytes -= bytes;
    if (this.#hasRoom) for (const go of this.#wake) go();
  }

  /** Enough to wake for: message by message, each would wait, beat and be sent by itself. */
  get #hasRoom(): boolean {
    const { entries, bytes } = this.#limit;
    return this.#entries <= roomShare * entries && this.#bytes <= roomShare * bytes;
  }

  /** Resolves when so much was given back that there is room for several, or after `ms`. */
  async changed(ms: number): Promise<void> {
    await new Promise<void>((resolve) => {
      // Taken out either way: while a node is away this is called for hours and nothing is given back.
      const go = (): void => {
        clearTimeout(timer);
        this.#wake.delete(go);
        resolve();
      };
      const timer = setTimeout(go, ms);
      this.#wake.add(go);
    });
  }
}

/** What a message weighs in the window, in bytes. */
export function weightOf({ key, value }: Pick<Message, 'key' | 'value'>): number {
  return (value?.length ?? 0) + (key?.length ?? 0);
}
