// What every source of users offers, and the one fault after which asking again makes sense.
import { RiachoError } from '../../../words/errors.ts';
import type { OriginName } from '../../../words/runs.ts';
import type { RawUser } from '../raw-user.ts';

/** What one `take` brought. */
export interface Taken {
  users: RawUser[];
  /** Epoch ms at which the users were at hand. */
  fetchedAt: number;
}

/** Where users come from. Holds nothing open between two takes, so there is nothing to close. */
export interface Source {
  /** Where the users of the last `take` came from; changes only in `auto`, so read it right after a take. */
  readonly origin: OriginName;
  /**
   * At most `max` users (1 or more); an empty list means the source has ended. One take at a time.
   * Rejects with a `RiachoError`: `SOURCE_UNREACHABLE` may be tried again (see `SourceUnreachable`),
   * `CANCELLED` when `signal` was aborted, any other is final.
   */
  take(max: number, signal: AbortSignal): Promise<Taken>;
}

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
