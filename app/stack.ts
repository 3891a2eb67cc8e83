// The stack as the app sees it: an engine, and the lab's topics and table made as soon as it is healthy.
import type { StackStatus } from '../words/stack.ts';
import type { Engine } from '../stack/engine.ts';
import type { Connections } from './connections.ts';
import { toFramed, type Framed } from './streams/feed.ts';
import type { Runs } from './runs.ts';

export class Stack {
  readonly #engine: Engine;
  readonly #connections: Connections;
  readonly #runs: Runs;
  readonly #prepares: boolean;
  /** Whether the stack is to end with this app. */
  #isOurs = false;

  /** `prepares`: whether a start also makes what the lab needs. Nothing is made on a foreign cluster unasked. */
  constructor(parts: { engine: Engine; connections: Connections; runs: Runs; prepares: boolean }) {
    this.#engine = parts.engine;
    this.#connections = parts.connections;
    this.#runs = parts.runs;
    this.#prepares = parts.prepares;
  }

  async start(leaveRunning: boolean, signal?: AbortSignal): Promise<StackStatus> {
    const status = await this.#engine.up({ leaveRunning }, signal);
    this.#isOurs = !leaveRunning && !this.#engine.adopted;
    if (this.#prepares) {
      const lab = await this.#connections.open();
      await lab.ensure();
    }
    return status;
  }

  async stop(): Promise<void> {
    await this.#runs.close();
    await this.#connections.close();
    this.#isOurs = false;
    await this.#engine.down();
  }

  async reset(): Promise<void> {
    await this.#runs.close();
    await this.#connections.close();
    await this.#engine.reset();
  }

  /** Lets go; resolves when a stack that was started here, and not to be left running, has stopped. */
  async close(): Promise<void> {
    if (this.#isOurs) await this.stop();
    await this.#engine.close();
  }

  async status(): Promise<StackStatus> {
    const { frame } = await this.#engine.next(0);
    return frame;
  }

  async next(after: number, signal?: AbortSignal): Promise<Framed<StackStatus>> {
    const { version, frame } = await this.#engine.next(after, signal);
    return toFramed(version, frame, after);
  }
}
