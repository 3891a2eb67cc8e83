// What a failed start has made, until it is taken back: at once, or when the engine that went is there again.
import type Dockerode from 'dockerode';
import type { Activities } from './activities.ts';
import type { ComposeFile } from '../compose/compose-types.ts';
import type { Made } from './made.ts';

export class Debt {
  readonly #activities: Activities;
  #owed: { made: Made; file: ComposeFile } | undefined;

  constructor(activities: Activities) {
    this.#activities = activities;
  }

  get isOpen(): boolean {
    return this.#owed !== undefined;
  }

  owe(made: Made, file: ComposeFile): void {
    this.#owed = { made, file };
  }

  /** Somebody has removed all of it. */
  forget(): void {
    this.#owed = undefined;
  }

  /** Takes back what is owed; it stays owed where that rejects. */
  async pay(docker: Dockerode): Promise<void> {
    if (this.#owed === undefined) return;
    const { made, file } = this.#owed;
    this.#activities.set(made.services, { status: 'stopping' });
    try {
      await made.takeBack(docker, file);
      this.#owed = undefined;
    } finally {
      this.#activities.clear(made.services);
    }
  }
}
