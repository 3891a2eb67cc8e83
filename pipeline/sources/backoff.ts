// How long to wait before a source that is away is asked again: longer each time, or as it says itself.
import { SourceUnreachable } from './faults.ts';

const firstPauseMs = 500;
/** Six questions a minute harm no API, and who watches sees it go on soon. */
const longestPauseMs = 10_000;

/** One for each series of tries; the first pause is half a second, the longest of its own ten. */
export class Backoff {
  #pauseMs = firstPauseMs;

  /** Milliseconds to wait after `error`. */
  after(error: unknown): number {
    const own = this.#pauseMs;
    this.#pauseMs = Math.min(2 * own, longestPauseMs);
    return Math.max(own, error instanceof SourceUnreachable ? (error.retryAfterMs ?? 0) : 0);
  }
}
