// When how many records are due. Pure: it is told the time.

/** Most records in one request to the broker: packing them holds up everything else for some 10 ms. */
export const sendMax = 500;

/** Paces a producer. Times in monotonic ms. */
export class Schedule {
  #rate: number;
  #anchor: number;
  #sent = 0;

  /** `rate` in records a second; `Infinity` for as fast as it goes. */
  constructor(rate: number, startedAt: number) {
    this.#rate = rate;
    this.#anchor = startedAt;
  }

  /** Records that may be sent now; the first is due at once. */
  due(now: number): number {
    if (this.#rate === Number.POSITIVE_INFINITY) return sendMax;
    const owed = Math.floor(((now - this.#anchor) / 1_000) * this.#rate) + 1 - this.#sent;
    return Math.max(0, Math.min(sendMax, owed));
  }

  /** Milliseconds until the next record is due. */
  wait(now: number): number {
    if (this.#rate === Number.POSITIVE_INFINITY) return 0;
    return Math.max(0, this.#anchor + (this.#sent / this.#rate) * 1_000 - now);
  }

  sent(count: number): void {
    this.#sent += count;
  }

  /** Goes on at another rate; nothing changes where it is the same. */
  pace(rate: number, now: number): void {
    if (rate === this.#rate) return;
    this.#rate = rate;
    this.resume(now);
  }

  /** After a pause nothing is made up for: the rate is what was asked, not an average to be reached by a rush. */
  resume(now: number): void {
    this.#anchor = now;
    this.#sent = 0;
  }
}
