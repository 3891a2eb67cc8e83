// Knows the containers of one project as they are now: by Docker's events, and by looking. Changes none of them.
import type Dockerode from 'dockerode';
import { RiachoError, type Fault } from '../../../words/errors.ts';
import { tellingLine } from '../../telling-line.ts';
import { lastLines } from './container-log.ts';
import { viewOf, type ContainerView } from './container-view.ts';
import { asDockerError, engineGone, statusOfAnswer } from '../engine/docker-faults.ts';
import { openEvents, type ContainerEvents } from './events.ts';
import type { OpenedDocker } from '../engine/find-engine.ts';
import { ofProject } from './labels.ts';
import { pause } from './pause.ts';
import { faultOfContainer, isWell } from './service-status.ts';

const evidenceLines = 60;

export interface WatchOptions {
  open: () => Promise<OpenedDocker>;
  project: string;
  /** Whether containers go because we remove them. */
  isBusy: () => boolean;
  onChange: () => void;
}

/** Nothing happens before `connect`; whoever calls that calls `close`. */
export class Watch {
  readonly #options: WatchOptions;
  readonly #closing = new AbortController();
  /** By the service's name in the compose file. */
  #views: ReadonlyMap<string, ContainerView> = new Map();
  readonly #removed = new Set<string>();
  /** Containers of which a process was killed for memory since they were well. */
  readonly #starved = new Set<string>();
  #engine: OpenedDocker | undefined;
  /** Of the engine that was there last. */
  #address: string | undefined;
  #gone: Fault | undefined;
  #changed = new AbortController();
  #connecting: Promise<OpenedDocker> | undefined;
  #listening: Promise<void> = Promise.resolve();
  #looking: Promise<void> = Promise.resolve();
  #nextLook: Promise<void> | undefined;

  constructor(options: WatchOptions) {
    this.#options = options;
  }

  get views(): ReadonlyMap<string, ContainerView> {
    return this.#views;
  }

  /** Services whose container was removed by somebody else, while others of the project are there. */
  get removed(): ReadonlySet<string> {
    return this.#removed;
  }

  /** Why the engine is not there any more; undefined before it was there, and while it is. */
  get gone(): Fault | undefined {
    return this.#gone;
  }

  /** The engine, listened to; one that goes is looked for until it is back. Rejects with why there is none. */
  connect(): Promise<OpenedDocker> {
    if (this.#connecting === undefined && this.#engine) return Promise.resolve(this.#engine);
    this.#connecting ??= this.#attach().finally(() => {
      this.#connecting = undefined;
    });
    return this.#connecting;
  }

  /** Looks at all containers; resolves when what is known is no older than the call. */
  refresh(): Promise<void> {
    // Any number of events while one look is under way need one more, not one each.
    this.#nextLook ??= this.#looking.then(() => {
      this.#nextLook = undefined;
      // An engine that cannot be asked is gone, and the end of its events says so.
      this.#looking = this.#look(this.#engine).catch(() => undefined);
      return this.#looking;
    });
    return this.#nextLook;
  }

  /** Resolves with what `find` gives once it gives something; it is asked at each change. Rejects when aborted. */
  async until<T>(find: () => T | undefined, signal: AbortSignal): Promise<T> {
    for (;;) {
      signal.throwIfAborted();
      const either = AbortSignal.any([this.#changed.signal, signal]);
      const found = find();
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => {
        either.addEventListener('abort', () => resolve(), { once: true });
      });
    }
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#connecting?.catch(() => undefined);
    await this.#listening;
  }

  async #attach(): Promise<OpenedDocker> {
    const opened = await this.#opened();
    try {
      const events = await openEvents(opened.docker, this.#options.project, this.#closing.signal);
      this.#engine = opened;
      this.#listening = this.#listen(opened, events);
      await this.#look(opened);
    } catch (error) {
      throw asDockerError(error, opened.address);
    }
    this.#gone = undefined;
    this.#notify();
    return opened;
  }

  /** An engine that was there and whose socket has gone is not missing: it is not running. */
  async #opened(): Promise<OpenedDocker> {
    try {
      const opened = await this.#options.open();
      this.#address = opened.address;
      return opened;
    } catch (error) {
      const isMissing = error instanceof RiachoError && error.code === 'DOCKER_MISSING';
      throw isMissing && this.#address !== undefined ? engineGone(this.#address, 'ENOENT', error) : error;
    }
  }

  /** Never rejects. */
  async #listen({ address }: OpenedDocker, events: ContainerEvents): Promise<void> {
    const ended = new AbortController();
    const looking = this.#lookWhileUnsettled(ended.signal);
    try {
      for await (const { id, isOutOfMemory } of events) {
        if (isOutOfMemory) this.#starved.add(id);
        void this.refresh();
      }
    } catch {
      // That the stream broke says no more than that it ended.
    }
    ended.abort();
    await looking;
    this.#engine = undefined;
    if (this.#closing.signal.aborted || (await this.#isBack())) return;
    this.#gone = engineGone(address).fault;
    this.#notify();
    while (await pause(this.#closing.signal)) if (await this.#isBack()) return;
  }

  /** A stream may end though its engine does not: then nobody notices. */
  #isBack(): Promise<boolean> {
    return this.connect().then(
      () => true,
      () => false,
    );
  }

  /** No event tells what a check says while it fails. */
  async #lookWhileUnsettled(signal: AbortSignal): Promise<void> {
    while (await pause(signal)) {
      const isUnsettled = [...this.#views.values()].some((view) => view.state !== 'exited' && !isWell(view));
      if (isUnsettled) await this.refresh();
    }
  }

  async #look(engine: OpenedDocker | undefined): Promise<void> {
    if (engine === undefined) return;
    const { docker } = engine;
    const listed = await docker.listContainers({ all: true, filters: ofProject(this.#options.project) });
    const seen = await Promise.all(listed.map(({ Id }) => this.#lookAt(docker, Id)));
    const views = new Map<string, ContainerView>();
    // Newest first: while one takes another's place, the one that runs is the service.
    for (const view of seen) {
      const known = view && views.get(view.service);
      if (view && (known === undefined || (known.state !== 'running' && view.state === 'running'))) {
        views.set(view.service, view);
      }
    }
    this.#noteRemoved(views);
    this.#views = views;
    this.#notify();
  }

  #noteRemoved(views: ReadonlyMap<string, ContainerView>): void {
    for (const service of this.#views.keys()) if (!this.#options.isBusy()) this.#removed.add(service);
    for (const service of views.keys()) this.#removed.delete(service);
    // Where all have gone, somebody took the stack down as a whole.
    if (views.size === 0) this.#removed.clear();
  }

  async #lookAt(docker: Dockerode, id: string): Promise<ContainerView | undefined> {
    const container = docker.getContainer(id);
    try {
      const view = viewOf(await container.inspect());
      if (view === undefined) return undefined;
      if (isWell(view)) this.#starved.delete(id);
      else if (this.#starved.has(id)) view.outOfMemory = true;
      return await this.#withMemory(view, container);
    } catch (error) {
      // Gone since it was listed.
      if (statusOfAnswer(error) === 404) return undefined;
      throw error;
    }
  }

  /** Adds what Docker tells only once, or only to who asks for it. */
  async #withMemory(view: ContainerView, container: Dockerode.Container): Promise<ContainerView> {
    const known = this.#views.get(view.service);
    const before = known?.id === view.id && known.startedAt === view.startedAt ? known : undefined;
    const readyMs = before?.readyMs ?? view.readyMs;
    const needsEvidence = faultOfContainer(view) !== undefined;
    const isSame = before?.state === view.state && before.health === view.health;
    const evidence = needsEvidence
      ? ((isSame ? before.evidence : undefined) ?? tellingLine(await lastLines(container, evidenceLines)))
      : '';
    return { ...view, ...(readyMs !== undefined && { readyMs }), ...(evidence !== '' && { evidence }) };
  }

  #notify(): void {
    const changed = this.#changed;
    this.#changed = new AbortController();
    changed.abort();
    this.#options.onChange();
  }
}
