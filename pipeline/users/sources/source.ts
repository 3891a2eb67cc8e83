// What every source of users offers.
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
   * Rejects with a `RiachoError`: `SOURCE_UNREACHABLE` may be tried again (see `sources/faults.ts`),
   * `CANCELLED` when `signal` was aborted, any other is final.
   */
  take(max: number, signal: AbortSignal): Promise<Taken>;
}
