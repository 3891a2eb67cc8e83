// One thing at a time is done to a stack. Knows no Docker.
import { RiachoError } from '../../../words/errors.ts';

export class Turns {
  #turn: { stop: AbortController; settled: Promise<void> } | undefined;

  get isTaken(): boolean {
    return this.#turn !== undefined;
  }

  /**
   * `work` as the only one; its signal is aborted with `signal` or by `interrupt`, and what it rejects with then
   * becomes `CANCELLED`. Rejects with `STACK_BUSY` while another has its turn.
   */
  async take<T>(work: (signal: AbortSignal) => Promise<T>, signal?: AbortSignal): Promise<T> {
    if (this.#turn) throw new RiachoError('STACK_BUSY');
    const stop = new AbortController();
    const stopped = signal === undefined ? stop.signal : AbortSignal.any([stop.signal, signal]);
    const { promise: settled, resolve: settle } = Promise.withResolvers<void>();
    this.#turn = { stop, settled };
    try {
      stopped.throwIfAborted();
      return await work(stopped);
    } catch (error) {
      throw stopped.aborted ? new RiachoError('CANCELLED', {}, error) : error;
    } finally {
      this.#turn = undefined;
      settle();
    }
  }

  /** Ends what is under way; resolves when nothing is. */
  async interrupt(): Promise<void> {
    while (this.#turn) {
      this.#turn.stop.abort();
      await this.#turn.settled;
    }
  }
}
