// The Docker stack as every engine offers one: whose it is, where its services are found, what they use and say.
import { RiachoError } from '../../words/errors.ts';
import type { ServiceName, StackAddresses, StackStatus } from '../../words/stack.ts';
import type { Engine, LogRead, StatusFrame, UsageReading } from '../engine.ts';
import type { DriverOrder, SparkDriver } from '../spark-driver.ts';
import { readContainerLog } from './containers/container-log.ts';
import { readContainerFile } from './containers/container-file.ts';
import { DockerStack } from './docker-stack.ts';
import { asDockerError } from './engine/docker-faults.ts';
import { openDocker, type OpenedDocker } from './engine/find-engine.ts';
import type { PlanOptions } from './compose/plan-source.ts';
import { serviceNameOf } from './compose/plan.ts';
import { readContainerUsage } from './containers/usage.ts';

/** The name that Cassandra's SimpleSnitch gives to the one data centre there is. */
const localDataCenter = 'datacenter1';

export interface DockerEngineOptions extends PlanOptions {
  /** Where the embedded stack keeps its data: it may hold the ports. */
  dataDir?: string;
  /** How to find the engine; where Docker's own client looks, without it. */
  open?: () => Promise<OpenedDocker>;
}

/** Nothing is asked of Docker before it is used. Whoever makes it closes it. */
export function createDockerEngine(options: DockerEngineOptions): Engine {
  return new DockerEngine(new DockerStack({ open: () => openDocker(), ...options }));
}

class DockerEngine implements Engine {
  readonly kind = 'docker';
  readonly #stack: DockerStack;
  #adopted = false;
  /** Whether it ends with this process. */
  #isOurs = false;

  constructor(stack: DockerStack) {
    this.#stack = stack;
  }

  get adopted(): boolean {
    return this.#adopted;
  }

  async next(after: number, signal?: AbortSignal): Promise<StatusFrame> {
    // Whoever asks for the first time is told what is so, however long a busy engine takes to say it.
    await (after === 0 ? this.#stack.engine() : this.#stack.attend());
    return this.#stack.board.next(after, signal);
  }

  async up({ leaveRunning }: { leaveRunning: boolean }, signal?: AbortSignal): Promise<StackStatus> {
    const { wasRunning } = await this.#stack.up(signal);
    // One that we began stays ours however often it is asked for, until it is to be left running.
    this.#adopted = wasRunning && !this.#isOurs;
    this.#isOurs = !leaveRunning && !this.#adopted;
    return this.#stack.board.status;
  }

  restartService(service: ServiceName, signal?: AbortSignal): Promise<void> {
    return this.#stack.restart(service, signal);
  }

  stopService(service: ServiceName): Promise<void> {
    return this.#stack.stop(service);
  }

  async down(): Promise<void> {
    await this.#stack.end({ withData: false });
    this.#isOurs = false;
  }

  async reset(): Promise<void> {
    await this.#stack.end({ withData: true });
    this.#isOurs = false;
  }

  async addresses(): Promise<StackAddresses> {
    await this.#stack.engine();
    const { services } = this.#stack.board.status;
    const of = (name: ServiceName) =>
      services.flatMap((one) => (one.name === name && one.state === 'healthy' ? one.address : []));
    const [brokers, contactPoints] = [of('kafka'), of('cassandra')];
    if (brokers.length === 0 || contactPoints.length === 0) throw new RiachoError('STACK_NOT_RUNNING');
    // Whoever asks it is told that it does not answer; what the stack lacks altogether is another matter.
    const registry = services.find(({ name }) => name === 'schema-registry')?.address;
    return {
      brokers,
      contactPoints,
      localDataCenter,
      ...(registry && { schemaRegistry: `http://${registry}` }),
    };
  }

  async readUsage(): Promise<ReadonlyMap<ServiceName, UsageReading>> {
    const engine = await this.#stack.engine();
    const readings = new Map<ServiceName, UsageReading>();
    await Promise.all(
      this.#stack.views.map(async ({ id, service, state, startedAt }) => {
        const name = serviceNameOf(service);
        if (!engine || !name || state !== 'running' || startedAt === undefined) return;
        // One that ends while it is asked has no figures.
        const container = engine.docker.getContainer(id);
        const reading = await readContainerUsage(container, startedAt).catch(() => undefined);
        if (reading) readings.set(name, reading);
      }),
    );
    return readings;
  }

  async readLog(service: ServiceName, limit: number, place?: string): Promise<LogRead | undefined> {
    const engine = await this.#stack.engine();
    const view = this.#stack.views.find((one) => serviceNameOf(one.service) === service);
    if (engine && view) return readContainerLog(engine.docker.getContainer(view.id), limit, place);
    const last = this.#stack.lastWords(service);
    if (last === undefined || last.place !== place) return last;
    return { place, lines: [], skipped: 0 };
  }

  async readFile(service: ServiceName, path: string): Promise<string | undefined> {
    const engine = await this.#stack.engine();
    const view = this.#stack.views.find((one) => serviceNameOf(one.service) === service);
    if (!engine || !view) return undefined;
    try {
      return await readContainerFile(engine.docker.getContainer(view.id), path);
    } catch (error) {
      throw asDockerError(error, engine.address);
    }
  }

  startDriver(order: DriverOrder): Promise<SparkDriver> {
    return this.#stack.startDriver(order);
  }

  async close({ leaveRunning = false } = {}): Promise<void> {
    try {
      if (this.#isOurs && !leaveRunning) await this.down();
    } finally {
      await this.#stack.close();
    }
  }
}
