// The state of the embedded stack, service by service. Decides nothing about it.
import type { StatusFrame } from '../engine.ts';
import { StackBoard, summarize } from '../stack-board.ts';
import type { ServiceStatus, StackNotice, StackStatus } from '../../words/stack.ts';

/** Holds the newest status and wakes whoever waits for it. */
export class StatusBoard {
  readonly #board: StackBoard;
  readonly #onChange: () => void;

  constructor(services: ServiceStatus[], onChange: () => void = () => undefined) {
    this.#board = new StackBoard(stackOf(services, []));
    this.#onChange = onChange;
  }

  get status(): StackStatus {
    return this.#board.status;
  }

  get version(): number {
    return this.#board.version;
  }

  /** Replaces the status of the service of that name. */
  set(status: ServiceStatus): void {
    const { services, notices } = this.status;
    const replaced = services.map((service) => (service.name === status.name ? status : service));
    this.#publish(stackOf(replaced, notices));
  }

  setNotices(notices: StackNotice[]): void {
    this.#publish(stackOf(this.status.services, notices));
  }

  /** Long poll: at once when the status is not the one of `after`, else within `pollMs`. */
  next(after: number): Promise<StatusFrame> {
    return this.#board.next(after);
  }

  #publish(status: StackStatus): void {
    this.#board.publish(status);
    this.#onChange();
  }
}

function stackOf(services: ServiceStatus[], notices: StackNotice[]): StackStatus {
  return { engine: 'embedded', stack: summarize(services.map(({ state }) => state)), services, notices };
}
