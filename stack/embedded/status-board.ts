// The state of the embedded stack as clients pull it: numbered, with long polls. Decides nothing about it.
import { setTimeout as delay } from 'node:timers/promises';
import type { StatusFrame } from '../engine.ts';
import type { ServiceState, ServiceStatus, StackNotice, StackStatus } from '../../words/stack.ts';

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
export class StatusBoard {
  // Numbers grow across supervisors too, so that a client's number of a former one is never taken for new.
  #version = Date.now();
  #services: ServiceStatus[];
  #notices: StackNotice[] = [];
  #changed = new AbortController();
  #onChange: () => void;

  constructor(services: ServiceStatus[], onChange: () => void = () => undefined) {
    this.#services = services;
    this.#onChange = onChange;
  }

  get status(): StackStatus {
    return {
      engine: 'embedded',
      stack: summarize(this.#services.map((service) => service.state)),
      services: this.#services,
      notices: this.#notices,
    };
  }

  get version(): number {
    return this.#version;
  }

  /** Replaces the status of the service of that name. */
  set(status: ServiceStatus): void {
    this.#services = this.#services.map((service) => (service.name === status.name ? status : service));
    this.#publish();
  }

  setNotices(notices: StackNotice[]): void {
    this.#notices = notices;
    this.#publish();
  }

  /** Long poll: at once when the status is not the one of `after`, else within `pollMs`. */
  async next(after: number): Promise<StatusFrame> {
    if (after === this.#version) {
      await delay(pollMs, undefined, { signal: this.#changed.signal }).catch(() => undefined);
    }
    return { version: this.#version, frame: this.status };
  }

  #publish(): void {
    this.#version += 1;
    const changed = this.#changed;
    this.#changed = new AbortController();
    changed.abort();
    this.#onChange();
  }
}
