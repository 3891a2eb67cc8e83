// How long records took from being sent to their acknowledged row, over the last second. Bounded, and cheap to feed:
// it is told of every row.
import type { Latency } from '../../../words/lab.ts';
import { traceHeader } from '../../../words/runs.ts';
import type { HeaderValue, Message } from '../../kafka/broker.ts';

/** Of more rows a second than this the newest speak for all. */
const kept = 4_096;
const windowMs = 1_000;

/** `sentAt` of a trace header without reading all of it; undefined where it has none. */
function sentAtOf(header: HeaderValue): number | undefined {
  const first = Array.isArray(header) ? header[0] : header;
  if (first === undefined) return undefined;
  const digits = /"sentAt":(\d{1,16})\b/.exec(first.toString('latin1'))?.[1];
  return digits === undefined ? undefined : Number(digits);
}

export class Latencies {
  readonly #at = new Float64Array(kept).fill(Number.NEGATIVE_INFINITY);
  readonly #ms = new Float64Array(kept);
  #next = 0;

  /** Notes that the row of this message was acknowledged now (epoch ms). Messages of others bear no trace. */
  note({ headers }: Pick<Message, 'headers'>, now: number): void {
    const sentAt = sentAtOf(headers[traceHeader]);
    if (sentAt === undefined) return;
    this.#at[this.#next] = now;
    // Another machine's clock may be ahead of ours.
    this.#ms[this.#next] = Math.max(0, now - sentAt);
    this.#next = (this.#next + 1) % kept;
  }

  /** Of the last second before `now`; undefined where no row came. */
  read(now: number): Latency | undefined {
    const recent = this.#ms.filter((_, index) => now - (this.#at[index] ?? 0) < windowMs).sort();
    if (recent.length === 0) return undefined;
    const at = (share: number): number =>
      recent[Math.min(recent.length - 1, Math.floor(recent.length * share))] ?? 0;
    return { p50Ms: at(0.5), p95Ms: at(0.95) };
  }
}
