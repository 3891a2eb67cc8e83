// How the desktop ends: asks where there is something to decide, stops in sight of the person, ends once.
// Knows neither window nor app; both are handed in.

export type Choice = 'stop' | 'leave' | 'cancel';

export interface EndingParts {
  /** Whether a stack runs that would end with the app. */
  ownsStack(): boolean;
  ask(): Promise<Choice>;
  /** Shown until the end; it can take some seconds. */
  showStopping(): void;
  /** Ends runs, and the stack unless it is left running. */
  close(leaveRunning: boolean): Promise<void>;
  /** Nothing is left to wait for. */
  exit(): void;
}

type Phase = { status: 'running' } | { status: 'asking' } | { status: 'stopping' } | { status: 'ended' };

export class Ending {
  readonly #parts: EndingParts;
  #phase: Phase = { status: 'running' };

  constructor(parts: EndingParts) {
    this.#parts = parts;
  }

  /** Whether the windows may go. */
  get isOver(): boolean {
    return this.#phase.status === 'ended';
  }

  /** A person wants to quit. Resolves when it is over, or when they thought better of it. */
  async request(): Promise<void> {
    if (this.#phase.status !== 'running') return;
    this.#phase = { status: 'asking' };
    const choice = this.#parts.ownsStack() ? await this.#parts.ask() : 'stop';
    // A signal that came while the question stood has decided it.
    if (this.#phase.status !== 'asking') return;
    if (choice === 'cancel') this.#phase = { status: 'running' };
    else await this.#end(choice === 'leave');
  }

  /** The system wants the app to end: nobody is asked, and the stack is stopped. */
  async force(): Promise<void> {
    if (this.#phase.status === 'running' || this.#phase.status === 'asking') await this.#end(false);
  }

  async #end(leaveRunning: boolean): Promise<void> {
    this.#phase = { status: 'stopping' };
    this.#parts.showStopping();
    // What cannot be stopped must not keep a person here: the supervisor ends by itself when the app has gone.
    await this.#parts.close(leaveRunning).catch(() => undefined);
    this.#phase = { status: 'ended' };
    this.#parts.exit();
  }
}
