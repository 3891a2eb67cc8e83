// The Schema Registry of the stack, where it has one: the record's schema is registered there, and ids get their names.
import { faultOf, RiachoError, type Fault } from '../words/errors.ts';
import { usersSubject, type KnownSchema, type SchemaSubject } from '../words/schemas.ts';
import { SchemaRegistry } from '../pipeline/registry/schema-registry.ts';
import { usersSchema } from '../pipeline/registry/users-schema.ts';
import type { Engine } from '../stack/engine.ts';
import type { Log } from './log.ts';

export class Schemas {
  readonly #engine: Pick<Engine, 'addresses'>;
  readonly #log: Log;
  #fault: Fault | undefined;
  #revision = 0;

  constructor({ engine, log }: { engine: Pick<Engine, 'addresses'>; log: Log }) {
    this.#engine = engine;
    this.#log = log;
  }

  /** Why the schema could not be registered when the stack started. */
  get fault(): Fault | undefined {
    return this.#fault;
  }

  /** Grows whenever `fault` may be another. */
  get revision(): number {
    return this.#revision;
  }

  async read(signal?: AbortSignal): Promise<SchemaSubject> {
    return (await this.#registry()).subject(usersSubject, signal);
  }

  async find(id: number, signal?: AbortSignal): Promise<KnownSchema | null> {
    return (await (await this.#registry()).schema(id, signal)) ?? null;
  }

  async register(): Promise<void> {
    await (await this.#registry()).register(usersSubject, usersSchema);
    this.#keep(undefined);
  }

  /** As `register`, for a stack that has just started: what keeps it from that is kept, and stops nothing. */
  async registerIfThere(): Promise<void> {
    try {
      await this.register();
    } catch (error) {
      const fault = faultOf(error);
      if (fault.code === 'REGISTRY_MISSING') return;
      this.#log('the schema could not be registered', error);
      this.#keep(fault);
    }
  }

  /** Forgets what was with a stack that has stopped. */
  forget(): void {
    this.#keep(undefined);
  }

  #keep(fault: Fault | undefined): void {
    this.#fault = fault;
    this.#revision += 1;
  }

  async #registry(): Promise<SchemaRegistry> {
    const { schemaRegistry } = await this.#engine.addresses();
    if (schemaRegistry === undefined) throw new RiachoError('REGISTRY_MISSING');
    return new SchemaRegistry(schemaRegistry);
  }
}
