// The stack as the app sees it: an engine, and the lab's topics and table made as soon as it is healthy.
import type { ServiceName, StackStatus } from '../words/stack.ts';
import type { Connections } from './connections.ts';
import type { CurrentEngine } from './current-engine.ts';
import { toFramed, type Framed } from './streams/feed.ts';
import type { Runs } from './runs.ts';
import type { Schemas } from './schemas.ts';

export class Stack {
  readonly #engine: CurrentEngine;
  readonly #connections: Connections;
  readonly #runs: Runs;
  readonly #schemas: Schemas;
  /** Whether the stack is to end with this app. */
  #isOurs = false;

  constructor(parts: { engine: CurrentEngine; connections: Connections; runs: Runs; schemas: Schemas }) {
    this.#engine = parts.engine;
    this.#connections = parts.connections;
    this.#runs = parts.runs;
    this.#schemas = parts.schemas;
  }

  /** Whether it was started here, and ends with this app unless it is told to stay. */
  get isOurs(): boolean {
    return this.#isOurs;
  }

  async start(leaveRunning: boolean, signal?: AbortSignal): Promise<StackStatus> {
    const status = await this.#engine.up({ leaveRunning }, signal);
    this.#isOurs = !leaveRunning && !this.#engine.adopted;
    // Nothing is made on a foreign cluster unasked.
    if (this.#engine.creation !== undefined) {
      const lab = await this.#connections.open();
      await lab.ensure();
      await this.#schemas.registerIfThere();
    }
    return this.#told(status);
  }

  async stop(): Promise<void> {
    await this.#runs.close();
    this.#isOurs = false;
    await this.#connections.whileClosed(() => this.#engine.down());
    this.#schemas.forget();
  }

  async reset(): Promise<void> {
    await this.#runs.close();
    await this.#connections.whileClosed(() => this.#engine.reset());
    this.#schemas.forget();
  }

  /** Runs that use it wait meanwhile. Rejects with `SERVICE_NOT_OURS`, or with what keeps it from starting. */
  async restartService(service: ServiceName, signal?: AbortSignal): Promise<void> {
    await this.#engine.restartService(service, signal);
    if (service === 'schema-registry') await this.#schemas.registerIfThere();
  }

  /** Stops one and leaves the others; `start` or `restartService` bring it back. Rejects with `SERVICE_NOT_OURS`. */
  stopService(service: ServiceName): Promise<void> {
    return this.#engine.stopService(service);
  }

  /** Lets go; resolves when a stack that was started here, and is not to be left running, has stopped. */
  async close(leaveRunning: boolean): Promise<void> {
    if (this.#isOurs && !leaveRunning) await this.stop();
    await this.#engine.close({ leaveRunning: this.#isOurs && leaveRunning });
  }

  async status(): Promise<StackStatus> {
    const { frame } = await this.#engine.next(0);
    return this.#told(frame);
  }

  async next(after: number, signal?: AbortSignal): Promise<Framed<StackStatus>> {
    // What is told besides has its own part in the number: a frame is new when either has changed.
    const known = after === 0 ? 0 : after - this.#schemas.revision;
    const { version, frame } = await this.#engine.next(known, signal);
    return toFramed(version + this.#schemas.revision, this.#told(frame), after);
  }

  /** With the registry's service stands why it lacks the schema. */
  #told(status: StackStatus): StackStatus {
    const { fault } = this.#schemas;
    if (fault === undefined) return status;
    const services = status.services.map((service) =>
      service.name === 'schema-registry' ? { fault, ...service } : service,
    );
    return { ...status, services };
  }
}
