// What every source of weather offers.
import type { Place, WeatherOrigin, WeatherRow } from '../../words/weather.ts';

/** Where weather comes from. Holds nothing open between two takes, so there is nothing to close. */
export interface Source {
  /** Where the rows of the last `take` came from; changes only in `auto`, so read it right after a take. */
  readonly origin: WeatherOrigin;
  /**
   * One row for each of `places`, in their order. One take at a time. Rejects with a `RiachoError`:
   * `SOURCE_UNREACHABLE` may be tried again, `CANCELLED` when `signal` was aborted, any other is final for now.
   */
  take(places: readonly Place[], signal: AbortSignal): Promise<WeatherRow[]>;
}

/** A moment as rows have it: ISO 8601 in UTC, to the second. */
export function timeText(epochMs: number): string {
  return `${new Date(epochMs).toISOString().slice(0, 19)}Z`;
}
