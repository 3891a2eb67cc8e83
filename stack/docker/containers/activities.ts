// What is being done to the services just now, and what failed for them last. Does nothing itself.
import type { ServiceStep } from '../../../words/stack.ts';
import type { Activity } from './service-status.ts';

/** By the service's name in the compose file. */
export class Activities {
  readonly #known = new Map<string, Activity>();
  readonly #onChange: () => void;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  get all(): ReadonlyMap<string, Activity> {
    return this.#known;
  }

  set(services: Iterable<string>, activity: Activity): void {
    for (const service of services) this.#known.set(service, activity);
    this.#onChange();
  }

  step(services: Iterable<string>, step: ServiceStep): void {
    this.set(services, { status: 'working', step });
  }

  /** From now on the container speaks for itself. */
  clear(services: Iterable<string>): void {
    for (const service of services) this.#known.delete(service);
    this.#onChange();
  }

  clearAll(): void {
    this.#known.clear();
    this.#onChange();
  }
}
