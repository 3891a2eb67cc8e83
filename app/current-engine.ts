// The engine in force, behind one that stays the same for everyone who holds it: the settings may name another.
import { fileURLToPath } from 'node:url';
import type { Creation } from '../pipeline/cassandra/database.ts';
import type { Engine, LogRead, StatusFrame, UsageReading } from '../stack/engine.ts';
import type { DriverOrder, SparkDriver } from '../stack/spark-driver.ts';
import type { Settings } from '../words/settings.ts';
import type { EngineKind, ServiceName, StackAddresses, StackStatus } from '../words/stack.ts';
import type { EngineChoice } from './engine-choice.ts';
import type { Folders } from './folders.ts';
import { createProbes, type Access } from './probes.ts';

/** Our own stacks ask for no password, and listen on this machine only. */
const openAccess: Access = { kafka: {}, cassandra: { localDataCenter: 'datacenter1' } };

export interface EngineMaking {
  folders: Folders;
  /** The command line that runs `supervisor.ts`; folders are appended. */
  supervisorCommand?: string[];
  settings: () => Settings;
}

async function createEngine(making: EngineMaking, choice: EngineChoice): Promise<Engine> {
  if (choice.kind === 'external') {
    const { createExternalEngine } = await import('../stack/external/external-engine.ts');
    const { startExternalDriver } = await import('./spark/external-driver.ts');
    return createExternalEngine({
      addresses: choice.addresses,
      probes: createProbes(choice.access),
      startDriver: (order) => startExternalDriver(making.folders, choice, order),
    });
  }
  if (choice.kind === 'docker') {
    const { createDockerEngine } = await import('../stack/docker/docker-engine.ts');
    return createDockerEngine({
      composeFile: making.folders.composeFile,
      dataDir: making.folders.dataDir,
      profile: () => choice.profile ?? making.settings().docker.profile,
      env: () => portVariables(making.settings()),
    });
  }
  const { createEmbeddedEngine } = await import('../stack/embedded/client.ts');
  const { dataDir, cacheDir, resourcesDir } = making.folders;
  const command = making.supervisorCommand ?? [
    process.execPath,
    fileURLToPath(new URL('./supervisor.ts', import.meta.url)),
  ];
  return createEmbeddedEngine({ dataDir, supervisorCommand: [...command, dataDir, cacheDir, resourcesDir] });
}

/** What the compose file asks of its surroundings and the settings know. */
function portVariables({ ports }: Settings): Record<string, string> {
  return { KAFKA_PORT: String(ports.kafka), CASSANDRA_PORT: String(ports.cassandra) };
}

export class CurrentEngine implements Engine {
  readonly #making: EngineMaking;
  #engine: Engine;
  #choice: EngineChoice;
  #pages: string[] = [];

  private constructor(making: EngineMaking, choice: EngineChoice, engine: Engine) {
    this.#making = making;
    this.#choice = choice;
    this.#engine = engine;
  }

  static async create(making: EngineMaking, choice: EngineChoice): Promise<CurrentEngine> {
    return new CurrentEngine(making, choice, await createEngine(making, choice));
  }

  /** How to prove who we are to the services of this engine. */
  get access(): Access {
    return this.#choice.kind === 'external' ? this.#choice.access : openAccess;
  }

  /** How to make what the lab lacks; undefined where nothing may be made. */
  get creation(): Creation | undefined {
    return this.#choice.kind === 'external' ? this.#choice.creation : { replication: 1 };
  }

  /** Addresses that the services serve pages at, as of the status that was asked for last. */
  get pages(): readonly string[] {
    return this.#pages;
  }

  /** Takes another engine. The caller knows that nothing of ours runs on the one before. */
  async replace(choice: EngineChoice): Promise<void> {
    const before = this.#engine;
    this.#engine = await createEngine(this.#making, choice);
    this.#choice = choice;
    await before.close();
  }

  get kind(): EngineKind {
    return this.#engine.kind;
  }

  get adopted(): boolean {
    return this.#engine.adopted;
  }

  async next(after: number, signal?: AbortSignal): Promise<StatusFrame> {
    const status = await this.#engine.next(after, signal);
    this.#pages = status.frame.services.flatMap(({ page }) => page ?? []);
    return status;
  }

  up(options: { leaveRunning: boolean }, signal?: AbortSignal): Promise<StackStatus> {
    return this.#engine.up(options, signal);
  }

  restartService(service: ServiceName, signal?: AbortSignal): Promise<void> {
    return this.#engine.restartService(service, signal);
  }

  stopService(service: ServiceName): Promise<void> {
    return this.#engine.stopService(service);
  }

  down(): Promise<void> {
    return this.#engine.down();
  }

  reset(): Promise<void> {
    return this.#engine.reset();
  }

  addresses(): Promise<StackAddresses> {
    return this.#engine.addresses();
  }

  async readUsage(): Promise<ReadonlyMap<ServiceName, UsageReading> | undefined> {
    return this.#engine.readUsage?.();
  }

  async readLog(service: ServiceName, limit: number, place?: string): Promise<LogRead | undefined> {
    return this.#engine.readLog?.(service, limit, place);
  }

  async readFile(service: ServiceName, path: string): Promise<string | undefined> {
    return this.#engine.readFile?.(service, path);
  }

  startDriver(order: DriverOrder): Promise<SparkDriver> {
    return this.#engine.startDriver(order);
  }

  close(options?: { leaveRunning?: boolean }): Promise<void> {
    return this.#engine.close(options);
  }
}
