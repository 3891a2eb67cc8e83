// The life of one service: starts its JVM, asks until it answers, watches it, starts it again when it dies, ends
// it. Knows nothing of the other services.
import { setTimeout as delay } from 'node:timers/promises';
import { RiachoError } from '../../words/errors.ts';
import type { ServiceState, ServiceStatus } from '../../words/stack.ts';
import { startArchive, type StartArchive } from './cds.ts';
import { startChild, type Child } from './child.ts';
import type { ServiceDefinition } from './definition.ts';
import { asRiachoError } from './faults.ts';
import type { Java } from './java.ts';
import type { ServiceLog } from './logs.ts';
import { isListening } from './ports.ts';

const askEveryMs = 100;
const lookForRoomEveryMs = 250;
/** A probe that takes longer has not answered. */
const answerMs = 5000;
/** A JVM that lives but does not answer gets this long: a slow disk, a long replay of the commit log. */
const startMs = 120_000;
const checkEveryMs = 2000;
const missesUntilUnhealthy = 2;
/** What a shell makes of SIGILL, SIGABRT, SIGBUS (both numbers), SIGFPE and SIGSEGV. */
const crashCodes = new Set([132, 134, 135, 136, 138, 139]);
/** A full disk or a taken port may pass: half a minute is waited out, in steps that keep nobody waiting long. */
const usualRestartPausesMs = [0, 1_000, 2_000, 4_000, 5_000, 5_000, 5_000, 5_000];
const restartWindowMs = 90_000;

export interface RunnerOptions {
  definition: ServiceDefinition;
  version: string;
  java: Java;
  /** Where the start archives are. */
  archiveDir: string;
  log: ServiceLog;
  /** Asks the service at an address who it is; rejects while it does not answer. */
  probe: (address: string) => Promise<string>;
  report: (status: ServiceStatus) => void;
  /** Before each start of one that died; after the last it is given up. Tests have no time for the usual. */
  restartPausesMs?: readonly number[];
}

type Details = Partial<Pick<ServiceStatus, 'step' | 'pid' | 'readyMs' | 'fault'>>;

/** Runs one service. Whoever starts it stops it. */
export class ServiceRunner {
  readonly #options: RunnerOptions;
  readonly #ending = new AbortController();
  #child: Child | undefined;
  #archive: StartArchive | undefined;
  #wasHealthy = false;
  #pid: number | undefined;
  #readyMs: number | undefined;
  #startedAt = 0;
  /** Whether the last start was on a full disk. */
  #wasFull = false;
  #watching: Promise<void> = Promise.resolve();
  #stopped: Promise<void> | undefined;
  #state: ServiceState = 'absent';
  readonly #deathsMs: number[] = [];
  #isRunning = false;

  constructor(options: RunnerOptions) {
    this.#options = options;
  }

  /** Whether its JVM is up or on its way up. */
  get isRunning(): boolean {
    return this.#isRunning;
  }

  /** Resolves when the service answers and is ours. Rejects with `SERVICE_FAILED`, `SERVICE_FOREIGN` or `CANCELLED`. */
  async start(): Promise<void> {
    this.#isRunning = true;
    try {
      await this.#launch({ kind: 'launching' }).catch(async (error: unknown) => {
        // A broken archive can crash a JVM; without it there is one reason less to fail.
        const code = await this.#child?.stop();
        const isWorthAnother = this.#archive?.isUsed && code !== undefined && crashCodes.has(code);
        if (!isWorthAnother || this.#ending.signal.aborted) throw error;
        await this.#archive?.drop();
        await this.#launch({ kind: 'launching' });
      });
    } catch (error) {
      await this.#child?.stop();
      this.#isRunning = false;
      throw error;
    }
    this.#watching = this.#watch();
  }

  /** Ends the JVM and resolves when it is gone; its data stays. A runner does not start again after that. */
  stop(): Promise<void> {
    this.#stopped ??= this.#end();
    return this.#stopped;
  }

  async #end(): Promise<void> {
    this.#ending.abort();
    const code = await this.#child?.stop();
    await this.#watching;
    if (code !== undefined) await this.#archive?.keep(code, this.#wasHealthy);
    this.#isRunning = false;
  }

  async #launch(step: ServiceStatus['step'] & object): Promise<void> {
    const { definition, java, log } = this.#options;
    this.#throwIfEnding();
    this.#pid = undefined;
    this.#report('starting', { step });
    log.forget();
    this.#wasFull = await definition.isDiskFull();
    await definition.beforeStart?.();
    this.#archive = await startArchive(
      { folder: this.#options.archiveDir, cwd: definition.cwd },
      definition.name,
      java,
    );
    this.#throwIfEnding();
    const startedMs = performance.now();
    const child = startChild([java.path, ...this.#archive.flags, ...definition.args], {
      cwd: definition.cwd,
      env: javaEnvironment(),
      graceMs: definition.graceMs,
      onOutput: (chunk) => log.write(chunk),
    });
    this.#child = child;
    this.#startedAt = Date.now();
    this.#pid = await child.pid;
    this.#report('starting', { step: step.kind === 'launching' ? { kind: 'answering' } : step });
    await this.#awaitAnswer(child, startedMs + startMs);
    this.#readyMs = Math.round(performance.now() - startedMs);
    this.#wasHealthy = true;
    this.#report('healthy');
  }

  async #awaitAnswer(child: Child, deadlineMs: number): Promise<void> {
    while (performance.now() < deadlineMs) {
      this.#throwIfEnding();
      const identity = await this.#ask(child);
      this.#throwIfEnding();
      // Whoever answers may be another's: only while our JVM lives can the answer be its own.
      if (!child.isAlive) {
        await child.exited;
        throw this.#failure();
      }
      if (identity !== undefined) return this.#throwIfForeign(identity);
      await pause(askEveryMs, child.ended);
    }
    throw this.#failure();
  }

  /** The service's own name for itself; undefined while it does not answer. */
  async #ask(child: Child): Promise<string | undefined> {
    const { definition, probe } = this.#options;
    const port = Number(definition.address.split(':').at(-1));
    // Clients are slow to notice that nobody listens; a bare connection is not.
    if (!(await isListening(port))) return undefined;
    const patience = new AbortController();
    const giveUp = () => patience.abort();
    child.ended.addEventListener('abort', giveUp);
    const answer = probe(definition.address).catch(() => undefined);
    return Promise.race([answer, pause(answerMs, patience.signal)]).finally(() => {
      child.ended.removeEventListener('abort', giveUp);
      giveUp();
    });
  }

  async #watch(): Promise<void> {
    const { signal } = this.#ending;
    let misses = 0;
    for (;;) {
      const child = this.#child;
      if (child === undefined || signal.aborted) return;
      await pause(checkEveryMs, child.ended);
      if (signal.aborted) return;
      try {
        if (child.ended.aborted) {
          misses = 0;
          await this.#revive();
          continue;
        }
        const identity = await this.#ask(child);
        if (signal.aborted) return;
        if (!child.isAlive) continue;
        if (identity !== undefined) this.#throwIfForeign(identity);
        misses = identity === undefined ? misses + 1 : 0;
        if (misses === missesUntilUnhealthy) this.#report('unhealthy');
        if (misses === 0 && this.#state === 'unhealthy') this.#report('healthy');
      } catch (error) {
        if (signal.aborted) return;
        await child.stop();
        this.#isRunning = false;
        this.#pid = undefined;
        this.#report('failed', { fault: asRiachoError(error, this.#options.archiveDir).fault });
        return;
      }
    }
  }

  /** Starts a JVM that died again, on the same port, as often as is allowed. */
  async #revive(): Promise<void> {
    for (;;) {
      const nowMs = performance.now();
      const recent = this.#deathsMs.filter((atMs) => nowMs - atMs < restartWindowMs);
      this.#deathsMs.splice(0, Infinity, ...recent, nowMs);
      const { restartPausesMs = usualRestartPausesMs } = this.#options;
      const pauseMs = restartPausesMs[recent.length];
      if (pauseMs === undefined) throw this.#failure();
      this.#pid = undefined;
      this.#report('starting', { step: { kind: 'restarting', attempt: recent.length + 1 } });
      await this.#rest(nowMs + pauseMs);
      try {
        return await this.#launch({ kind: 'restarting', attempt: recent.length + 1 });
      } catch (error) {
        await this.#child?.stop();
        if (!(error instanceof RiachoError) || error.code !== 'SERVICE_FAILED') throw error;
      }
    }
  }

  /** Waits until then; less where the disk has room again, or the end has come. */
  async #rest(untilMs: number): Promise<void> {
    const { signal } = this.#ending;
    const { isDiskFull } = this.#options.definition;
    for (let leftMs = untilMs - performance.now(); leftMs > 0; leftMs = untilMs - performance.now()) {
      if (signal.aborted || (this.#wasFull && !(await isDiskFull()))) return;
      await pause(this.#wasFull ? Math.min(leftMs, lookForRoomEveryMs) : leftMs, signal);
    }
  }

  #report(state: ServiceState, details: Details = {}): void {
    const { definition, version, log } = this.#options;
    this.#state = state;
    this.#options.report({
      name: definition.name,
      state,
      address: definition.address,
      version,
      log: log.path,
      ...(this.#pid === undefined ? {} : { pid: this.#pid, startedAt: this.#startedAt }),
      ...(this.#readyMs === undefined || state === 'starting' ? {} : { readyMs: this.#readyMs }),
      ...details,
    });
  }

  #failure(): RiachoError {
    const { definition, log } = this.#options;
    return new RiachoError('SERVICE_FAILED', {
      service: definition.name,
      log: log.path,
      line: log.evidence(),
    });
  }

  #throwIfForeign(identity: string): void {
    const { definition } = this.#options;
    if (identity === definition.identity) return;
    throw new RiachoError('SERVICE_FOREIGN', { service: definition.name, address: definition.address });
  }

  #throwIfEnding(): void {
    if (this.#ending.signal.aborted) throw new RiachoError('CANCELLED');
  }
}

/** Waits, or less when `signal` is aborted. */
async function pause(ms: number, signal: AbortSignal): Promise<undefined> {
  await delay(ms, undefined, { signal }).catch(() => undefined);
  return undefined;
}

/** The environment without what would change a JVM behind our back; in UTF-8, so that paths may hold any letter. */
function javaEnvironment(): NodeJS.ProcessEnv {
  const {
    JAVA_TOOL_OPTIONS: _1,
    JDK_JAVA_OPTIONS: _2,
    _JAVA_OPTIONS: _3,
    CLASSPATH: _4,
    ...rest
  } = process.env;
  return process.platform === 'linux' ? { ...rest, LC_ALL: 'C.UTF-8' } : rest;
}
