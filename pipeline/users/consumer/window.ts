// How much may be on its way at once. Taking blocks while it is full; giving back wakes who waits.

export class Window {
  #entries = 0;
  #bytes = 0;
  #wake: (() => void)[] = [];
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
    const wake = this.#wake;
    this.#wake = [];
    for (const go of wake) go();
  }

  /** Resolves when something was given back, or after `ms`. */
  async changed(ms: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }
}
