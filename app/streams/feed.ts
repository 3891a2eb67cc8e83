// Frames for whoever pulls: the newest one only, with a version. Nothing is queued for a slow reader.

export interface Framed<T> {
  version: number;
  frame: T;
  /** Versions between the last one seen and this one that were never sent. */
  skipped: number;
}

/** An answer to `next({ after })`. Versions may begin anywhere: the first one seen has skipped nothing. */
export function toFramed<T>(version: number, frame: T, after: number): Framed<T> {
  return { version, frame, skipped: after === 0 ? 0 : Math.max(0, version - after - 1) };
}

/** How long a poll waits for something newer, and how often it looks. */
export const pollMs = 1_000;
export const lookMs = 100;

/** Serves a value that others change, and looks at it ten times a second at most, whoever asks how often. */
export class Feed<T> {
  readonly #read: () => T;
  #version = 0;
  #frame: T | undefined;
  #text = '';
  #lookedAt = Number.NEGATIVE_INFINITY;

  /** `read` returns the value as it is now, as plain data. */
  constructor(read: () => T) {
    this.#read = read;
  }

  /**
   * Answers as soon as there is something newer than `after`, else within a second with what there is. 0 has what there
   * is now.
   */
  async next(after: number, signal?: AbortSignal): Promise<Framed<T>> {
    const deadline = performance.now() + pollMs;
    for (;;) {
      const frame = this.#look(after === 0);
      if (this.#version > after || performance.now() >= deadline || signal?.aborted) {
        return toFramed(this.#version, frame, after);
      }
      const restMs = Math.max(0, this.#lookedAt + lookMs - performance.now());
      await new Promise((resolve) => setTimeout(resolve, restMs));
    }
  }

  #look(isAtOnce: boolean): T {
    const now = performance.now();
    if (this.#frame !== undefined && !isAtOnce && now < this.#lookedAt + lookMs) return this.#frame;
    this.#lookedAt = now;
    const frame = this.#read();
    const text = JSON.stringify(frame);
    if (text !== this.#text) {
      this.#text = text;
      this.#version += 1;
    }
    this.#frame = frame;
    return frame;
  }
}
