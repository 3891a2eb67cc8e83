// How a source fails: for a moment, after which asking again makes sense, or by its caller's wish.
import { RiachoError } from '../../words/errors.ts';

/** `SOURCE_UNREACHABLE` {url, detail}: transient. The source itself says how long to wait in `retryAfterMs`. */
export class SourceUnreachable extends RiachoError {
  readonly retryAfterMs: number | undefined;

  constructor(about: { url: string; detail: string; retryAfterMs?: number | undefined }, cause?: unknown) {
    super('SOURCE_UNREACHABLE', { url: about.url, detail: about.detail }, cause);
    this.retryAfterMs = about.retryAfterMs;
  }
}

/** Throws `CANCELLED` when the caller has given up. */
export function throwIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw new RiachoError('CANCELLED', {}, signal.reason);
}
