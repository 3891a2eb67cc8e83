// A time between two extractions, in writing.
import { span } from '../words/format.ts';

/** `5 s`, `15 min`, `1 h`: without what is zero. */
export function everyText(ms: number): string {
  if (ms < 60_000) return span(ms);
  return ms % 3_600_000 === 0 ? `${ms / 3_600_000} h` : `${ms / 60_000} min`;
}
