// The engines there are, and whether each can be used here. Starts none.
import { faultOf, RiachoError, type Fault } from '../words/errors.ts';
import type { EngineFinding } from '../words/services.ts';
import type { ExternalSettings, Secrets, Settings } from '../words/settings.ts';
import { externalChoice } from './engine-choice.ts';
import type { Folders } from './folders.ts';
import { createProbes } from './probes.ts';

export interface EnginesParts {
  folders: Folders;
  settings: () => Settings;
}

export class Engines {
  readonly #parts: EnginesParts;

  constructor(parts: EnginesParts) {
    this.#parts = parts;
  }

  /** All of them, in the order in which a person is offered them. */
  list(): Promise<EngineFinding[]> {
    return Promise.all([this.#embedded(), this.#docker(), this.#external()]);
  }

  /** Asks those that are named who they are, by real client calls. Rejects with `INPUT_MISSING`, or with what keeps the first of them. */
  async try(input: {
    external: ExternalSettings;
    secrets: Secrets;
  }): Promise<{ kafka: string; cassandra: string }> {
    const { addresses, access } = await externalChoice(input.external, input.secrets);
    const missing = missingOf(input.external);
    if (missing) throw new RiachoError(missing.code, missing.params);
    const probes = createProbes(access);
    const [kafka, cassandra, registry] = await Promise.allSettled([
      firstAnswer(addresses.brokers, (address) => probes.kafka(address)),
      firstAnswer(addresses.contactPoints, (address) => probes.cassandra(address)),
      addresses.schemaRegistry && probes.schemaRegistry(addresses.schemaRegistry),
    ]);
    if (kafka.status === 'rejected') throw kafka.reason;
    if (cassandra.status === 'rejected') throw cassandra.reason;
    if (registry.status === 'rejected') throw registry.reason;
    return { kafka: kafka.value, cassandra: cassandra.value };
  }

  async #embedded(): Promise<EngineFinding> {
    const { folders, settings } = this.#parts;
    const { inspectEmbedded, embeddedVersions } = await import('../stack/embedded/inspect.ts');
    const detail = await embeddedVersions(folders.resourcesDir).catch(() => '');
    const fault = await firstFault([
      async () => {
        if (process.platform === 'win32') throw new RiachoError('SYSTEM_UNFIT', { system: 'Windows' });
      },
      ...inspectEmbedded({ ...folders, ports: settings().ports }).map(
        (inspection) => () => inspection.find(),
      ),
    ]);
    return { kind: 'embedded', detail, ...(fault && { fault }) };
  }

  async #docker(): Promise<EngineFinding> {
    const { inspectDocker } = await import('../stack/docker/inspect.ts');
    return inspectDocker({ composeFile: this.#parts.folders.composeFile });
  }

  async #external(): Promise<EngineFinding> {
    const { external } = this.#parts.settings();
    const fault = missingOf(external);
    const detail = [external.brokers, external.contactPoints].filter(Boolean).join(' · ');
    return { kind: 'external', detail, ...(fault && { fault }) };
  }
}

/** What an external cluster lacks before it can be asked anything. */
function missingOf({ brokers, contactPoints }: ExternalSettings): Fault | undefined {
  if (brokers.trim() === '') return { code: 'INPUT_MISSING', params: { detail: 'Kafka' } };
  if (contactPoints.trim() === '') return { code: 'INPUT_MISSING', params: { detail: 'Cassandra' } };
  return undefined;
}

async function firstFault(looks: readonly (() => Promise<unknown>)[]): Promise<Fault | undefined> {
  const faults = await Promise.all(
    looks.map((look) =>
      look().then(
        () => undefined,
        (error: unknown) => faultOf(error),
      ),
    ),
  );
  return faults.find((fault) => fault !== undefined);
}

/** The first address that answers is enough; where none does, what the first one met counts. */
async function firstAnswer(
  addresses: readonly string[],
  ask: (address: string) => Promise<string>,
): Promise<string> {
  let failure: unknown;
  for (const address of addresses) {
    try {
      return await ask(address);
    } catch (error) {
      failure ??= error;
    }
  }
  throw failure;
}
