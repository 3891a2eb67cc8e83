// The stack of one compose file on one Docker engine: who does what to it when. The work itself is in the files beside it.
import { setTimeout as delay } from 'node:timers/promises';
import { RiachoError } from '../../words/errors.ts';
import type { ServiceName, StackNotice } from '../../words/stack.ts';
import type { LogRead } from '../engine.ts';
import type { DriverOrder, SparkDriver } from '../spark-driver.ts';
import { pollMs, StackBoard } from '../stack-board.ts';
import { Activities } from './containers/activities.ts';
import { blamedFor } from './containers/blame.ts';
import { bringUp } from './containers/bring-up.ts';
import type { ComposeService } from './compose/compose-types.ts';
import type { ContainerView } from './containers/container-view.ts';
import { Debt } from './containers/debt.ts';
import { asDockerError } from './engine/docker-faults.ts';
import type { OpenedDocker } from './engine/find-engine.ts';
import { Made } from './containers/made.ts';
import { pause } from './containers/pause.ts';
import { PlanSource, type Plan, type PlanOptions } from './compose/plan-source.ts';
import { serviceNameOf } from './compose/plan.ts';
import { imageIds } from './images/images.ts';
import { preflight } from './preflight/preflight.ts';
import { idleStatus, isWell, stackStatusOf } from './containers/service-status.ts';
import { startDriverContainer } from './spark/driver-container.ts';
import { driverSpec, innerAddresses, sparkService } from './spark/driver-spec.ts';
import { stopContainer, takeDown } from './containers/take-down.ts';
import { Turns } from './containers/turns.ts';
import { Watch } from './containers/watch.ts';

/** The project of our own compose file, where that cannot be read. */
const usualProject = 'dsaservidor';

export interface DockerStackOptions extends PlanOptions {
  open: () => Promise<OpenedDocker>;
  /** Where the embedded stack keeps its data: it may hold the ports. */
  dataDir?: string;
}

/** Everything that work on the stack begins with. */
interface Ready {
  plan: Plan;
  watch: Watch;
  engine: OpenedDocker;
}

/** Whoever makes it closes it. */
export class DockerStack {
  readonly board = new StackBoard(idleStatus);
  readonly #options: DockerStackOptions;
  readonly #plans: PlanSource;
  readonly #activities = new Activities(() => this.#publish());
  readonly #debt = new Debt(this.#activities);
  readonly #turns = new Turns();
  readonly #closing = new AbortController();
  /** The logs of containers that failed and were removed for it. */
  readonly #lastWords = new Map<string, LogRead>();
  #watch: Watch | undefined;
  #triedAtMs = Number.NEGATIVE_INFINITY;
  #notices: StackNotice[] = [];

  constructor(options: DockerStackOptions) {
    this.#options = options;
    this.#plans = new PlanSource(options);
  }

  /** The containers there are, as they were when the engine was last asked. */
  get views(): ContainerView[] {
    return [...(this.#watch?.views.values() ?? [])];
  }

  /** Begins to watch, or sees to it that the stack is watched. Takes no longer than a poll, and never rejects. */
  async attend(): Promise<void> {
    const plan = await this.#plans.current();
    this.#publish();
    if (plan === undefined || performance.now() - this.#triedAtMs < pollMs) return;
    this.#triedAtMs = performance.now();
    const connected = this.#watchOf(plan)
      .connect()
      .catch(() => undefined);
    await Promise.race([connected, delay(pollMs, undefined, { ref: false })]);
  }

  /** Undefined where there is none. */
  async engine(): Promise<OpenedDocker | undefined> {
    await this.attend();
    return this.#watch?.connect().catch(() => undefined);
  }

  lastWords(service: ServiceName): LogRead | undefined {
    return [...this.#lastWords].find(([name]) => serviceNameOf(name) === service)?.[1];
  }

  /** Resolves when every service is well; tells whether any ran before. */
  up(signal?: AbortSignal): Promise<{ wasRunning: boolean }> {
    return this.#turns.take(async (stopped) => {
      const ready = await this.#prepare();
      const wasRunning = this.views.some(({ state }) => state === 'running');
      const { plan, engine } = ready;
      const { dataDir } = this.#options;
      const where = { docker: engine.docker, ...(dataDir !== undefined && { dataDir }) };
      const found = await this.#orFail(plan.services, engine, () => preflight({ ...plan, ...where }));
      this.#notices = found.notices;
      await this.#orFail(found.services, engine, () => this.#bringUp(ready, found.services, stopped));
      return { wasRunning };
    }, signal);
  }

  restart(name: ServiceName, signal?: AbortSignal): Promise<void> {
    return this.#turns.take(async (stopped) => {
      const ready = await this.#prepare();
      const service = await this.#stopOne(ready, name);
      await this.#orFail([service], ready.engine, () => this.#bringUp(ready, [service], stopped));
    }, signal);
  }

  stop(name: ServiceName): Promise<void> {
    return this.#turns.take(async () => {
      await this.#stopOne(await this.#prepare(), name);
    });
  }

  /** As `Engine.startDriver` says: in a container of its own, beside the master. */
  async startDriver(order: DriverOrder): Promise<SparkDriver> {
    const { plan, watch, engine } = await this.#prepare();
    const spark = plan.file.services.find(({ name }) => name === sparkService);
    const view = watch.views.get(sparkService);
    if (spark === undefined || view === undefined || !isWell(view)) throw new RiachoError('SPARK_MISSING');
    const imageId = (await imageIds(engine, [spark])).get(spark.image) ?? '';
    const create = driverSpec({ file: plan.file, spark, imageId, flags: order.flags });
    return startDriverContainer(engine, create, { ...order, addresses: innerAddresses });
  }

  /** Ends what is under way, and the stack. Where there is no engine, nothing runs. */
  async end({ withData }: { withData: boolean }): Promise<void> {
    await this.#turns.interrupt();
    await this.#turns.take(async () => {
      const plan = await this.#plans.current();
      const project = plan?.file.project ?? this.#options.project ?? usualProject;
      const engine = await this.#engineToEnd(plan, withData);
      if (engine === undefined) return;
      this.#activities.set(
        this.views.filter(({ state }) => state === 'running').map(({ service }) => service),
        { status: 'stopping' },
      );
      try {
        await takeDown({ docker: engine.docker, project, file: plan?.file, withData });
      } catch (error) {
        throw asDockerError(error, engine.address);
      } finally {
        await this.#watch?.refresh();
        this.#activities.clearAll();
      }
      this.#notices = [];
      this.#debt.forget();
      this.#publish();
    });
  }

  /** Ends what is under way, and leaves the stack as it then is. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#turns.interrupt();
    await this.#watch?.close();
  }

  #watchOf({ file: { project } }: Plan): Watch {
    this.#watch ??= new Watch({
      open: this.#options.open,
      project,
      isBusy: () => this.#turns.isTaken,
      onChange: () => this.#publish(),
    });
    return this.#watch;
  }

  async #prepare(): Promise<Ready> {
    const plan = await this.#plans.read();
    const watch = this.#watchOf(plan);
    const engine = await watch.connect();
    await this.#payDebt(engine);
    return { plan, watch, engine };
  }

  async #engineToEnd(plan: Plan | undefined, isNeeded: boolean): Promise<OpenedDocker | undefined> {
    try {
      return await (plan ? this.#watchOf(plan).connect() : this.#options.open());
    } catch (error) {
      const isNone = error instanceof RiachoError && /^DOCKER_(MISSING|NOT_RUNNING)$/.test(error.code);
      if (isNone && !isNeeded) return undefined;
      throw error;
    }
  }

  async #bringUp(
    { plan, watch, engine }: Ready,
    services: ComposeService[],
    signal: AbortSignal,
  ): Promise<void> {
    const { file } = plan;
    const made = new Made();
    this.#activities.clearAll();
    this.#lastWords.clear();
    const onLastWords = (service: string, log: LogRead) => void this.#lastWords.set(service, log);
    try {
      await bringUp({
        engine,
        file,
        watch,
        made,
        onLastWords,
        services,
        activities: this.#activities,
        signal,
      });
    } catch (error) {
      this.#activities.clearAll();
      this.#debt.owe(made, file);
      // What cannot be taken back now is not why the start failed: it stays owed.
      await this.#payDebt(engine).catch(() => void this.#payLater(watch));
      throw signal.aborted ? new RiachoError('CANCELLED', {}, error) : error;
    } finally {
      this.#activities.clearAll();
    }
  }

  async #payDebt({ docker }: OpenedDocker): Promise<void> {
    if (!this.#debt.isOpen) return;
    await this.#debt.pay(docker);
    await this.#watch?.refresh();
  }

  /** As soon as the engine is back; or whoever works on the stack then does it first. */
  async #payLater(watch: Watch): Promise<void> {
    while (this.#debt.isOpen && (await pause(this.#closing.signal))) {
      if (watch.gone || this.#turns.isTaken) continue;
      await this.#turns.take(async () => this.#payDebt(await watch.connect())).catch(() => undefined);
    }
  }

  /** What makes `work` fail stands with the services to blame. */
  async #orFail<T>(
    services: ComposeService[],
    { address }: OpenedDocker,
    work: () => Promise<T>,
  ): Promise<T> {
    try {
      return await work();
    } catch (error) {
      const known = asDockerError(error, address);
      this.#activities.set(blamedFor(known, services), { status: 'failed', fault: known.fault });
      throw known;
    }
  }

  async #stopOne({ plan, watch, engine }: Ready, name: ServiceName): Promise<ComposeService> {
    const service = plan.file.services.find((one) => serviceNameOf(one.name) === name);
    if (service === undefined) throw new RiachoError('SERVICE_NOT_OURS', { service: name });
    if (!this.views.some(({ state }) => state === 'running')) throw new RiachoError('STACK_NOT_RUNNING');
    const view = watch.views.get(service.name);
    if (view === undefined) return service;
    this.#activities.set([service.name], { status: 'stopping' });
    try {
      await stopContainer(engine.docker, view.id, service.stopGraceMs);
      await watch.refresh();
      this.#activities.set([service.name], { status: 'stopped' });
    } catch (error) {
      this.#activities.clear([service.name]);
      throw asDockerError(error, engine.address);
    }
    return service;
  }

  #publish(): void {
    const plan = this.#plans.known;
    const watch = this.#watch;
    if (plan === undefined) return;
    const views = watch?.views ?? new Map();
    const isShown = (service: ComposeService) => plan.services.includes(service) || views.has(service.name);
    this.board.publish(
      stackStatusOf({
        services: plan.file.services.filter((service) => isShown(service)),
        views,
        activities: this.#activities.all,
        removed: watch?.removed ?? new Set(),
        gone: watch?.gone,
        notices: this.#notices,
      }),
    );
  }
}
