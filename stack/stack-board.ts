// The state of a stack as clients pull it: numbered, with long polls. Decides nothing about its services.
import { setTimeout as delay } from 'node:timers/promises';
import { RiachoError } from '../words/errors.ts';
import type { ServiceState, StackStatus } from '../words/stack.ts';
import type { StatusFrame } from './engine.ts';

/** The longest that a poll waits for something new. */
export const pollMs = 1000;

/** What decides a stack's state, most important first; a stack is `healthy` only when all of it is. */
const precedence: ServiceState[] = [
  'failed',
  'stopping',
  'pulling',
  'starting',
  'unhealthy',
  'absent',
  'stopped',
  'healthy',
];

/** The state of a stack of services in these states. One that lacks a service is not stopped, and not well. */
export function summarize(states: ServiceState[]): ServiceState {
  if (states.includes('stopped') && states.includes('healthy')) return 'unhealthy';
  return precedence.find((state) => states.includes(state)) ?? 'absent';
}

/** Holds the newest status and wakes whoever waits for it. */
export class StackBoard {
  #known: StatusFrame;
  readonly #holdMs: number;
  #changed = new AbortController();

  /** `holdMs`: how long a poll with nothing new is held. */
  constructor(status: StackStatus, holdMs = pollMs) {
    // Numbers grow across boards too, so that a client's number of a former one is never taken for new.
    this.#known = { version: Date.now(), frame: status };
    this.#holdMs = holdMs;
  }

  get version(): number {
    return this.#known.version;
  }

  get status(): StackStatus {
    return this.#known.frame;
  }

  /** Takes the place of the status before; one that says the same is not new. */
  publish(status: StackStatus): void {
    if (JSON.stringify(status) === JSON.stringify(this.status)) return;
    this.#known = { version: this.version + 1, frame: status };
    const changed = this.#changed;
    this.#changed = new AbortController();
    changed.abort();
  }

  /** Long poll: at once when the status is not the one of `after`, else within its time. Rejects with `CANCELLED`. */
  async next(after: number, signal?: AbortSignal): Promise<StatusFrame> {
    if (after === this.version) {
      const signals = signal === undefined ? [this.#changed.signal] : [this.#changed.signal, signal];
      await delay(this.#holdMs, undefined, { signal: AbortSignal.any(signals) }).catch(() => undefined);
      if (signal?.aborted) throw new RiachoError('CANCELLED');
    }
    return this.#known;
  }
}
