// The embedded engine for the app and the terminal: a client of the supervisor, which it starts when none answers.
// Owns no JVM.
import { realpath } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { z } from 'zod';
import { RiachoError } from '../../words/errors.ts';
import { labService, type LabService, type StackAddresses, type StackStatus } from '../../words/stack.ts';
import type { Engine, StatusFrame } from '../engine.ts';
import type { SparkDriver } from '../spark-driver.ts';
import { socketPath } from './endpoint.ts';
import { doneAnswer, statusAnswer, upAnswer, type Question } from './protocol.ts';
import { prepareDataFolder, spawnSupervisor } from './spawn-supervisor.ts';
import { readStackFile } from './stack-file.ts';
import { pollMs } from '../stack-board.ts';
import { openLink, type SupervisorLink } from './supervisor-link.ts';

const dialEveryMs = 25;
/** A supervisor answers in some 200 ms; one that has not by then never will. */
const spawnMs = 20_000;
/** How often a poll looks whether somebody has started the stack. */
const lookEveryMs = 250;
/** The name SimpleSnitch gives to the one data centre there is. */
const localDataCenter = 'datacenter1';

export interface EmbeddedEngineOptions {
  /** Holds the stack's data, logs and socket; made when missing. */
  dataDir: string;
  /** The command line that runs `runSupervisor` on the same `dataDir`: program and arguments. */
  supervisorCommand: string[];
}

/** The engine of the stack in `dataDir`. Nothing is started, opened or written before it is used. */
export function createEmbeddedEngine(options: EmbeddedEngineOptions): Engine {
  return new EmbeddedEngine(options);
}

const stopped: StackStatus = {
  engine: 'embedded',
  stack: 'stopped',
  services: labService.options.map((name) => ({ name, state: 'stopped', address: '' })),
  notices: [],
};

class EmbeddedEngine implements Engine {
  readonly kind = 'embedded';
  readonly #options: EmbeddedEngineOptions;
  #opening: Promise<SupervisorLink | undefined> | undefined;
  #adopted = false;
  /** The link by which this client owns the stack that it began. */
  #owned: SupervisorLink | undefined;
  /** Closed for good: a poll that is still under way must not open another link. */
  #isClosed = false;
  // Numbers grow from one engine to the next, as the external one's do.
  #lastVersion = Date.now();
  /** The number of the status while there is no supervisor; undefined while there is one. */
  #stoppedVersion: number | undefined;

  constructor(options: EmbeddedEngineOptions) {
    this.#options = options;
  }

  get adopted(): boolean {
    return this.#adopted;
  }

  async next(after: number, signal?: AbortSignal): Promise<StatusFrame> {
    const deadlineMs = performance.now() + pollMs;
    for (;;) {
      const answer = await this.#askStatus(after, signal);
      if (answer !== undefined) return answer;
      this.#stoppedVersion ??= this.#lastVersion + 1;
      this.#lastVersion = this.#stoppedVersion;
      if (after !== this.#stoppedVersion || performance.now() >= deadlineMs) {
        return { version: this.#stoppedVersion, frame: stopped };
      }
      await pause(lookEveryMs, signal);
    }
  }

  async up({ leaveRunning }: { leaveRunning: boolean }, signal?: AbortSignal): Promise<StackStatus> {
    await prepareDataFolder(this.#options.dataDir);
    const { link, answer } = await this.#askUntilTaken({ method: 'up', leaveRunning }, upAnswer, signal);
    const { adopted, version } = answer;
    // One that we began stays ours however often it is asked for, until it is to be left running.
    if (leaveRunning) this.#owned = undefined;
    else if (!adopted) this.#owned = link;
    this.#adopted = adopted && link !== this.#owned;
    try {
      if (adopted && leaveRunning) await link.ask({ method: 'own', leaveRunning }, doneAnswer, signal);
      let after = version - 1;
      for (;;) {
        const { version: seen, frame } = await link.ask({ method: 'status', after }, statusAnswer, signal);
        after = seen;
        const outcome = outcomeOf(frame);
        if (outcome !== undefined) return outcome;
      }
    } catch (error) {
      // Who began the start ends it; who only joined it just stops waiting.
      if (signal?.aborted && !adopted) await this.down();
      throw error;
    }
  }

  async restartService(service: LabService, signal?: AbortSignal): Promise<void> {
    await this.#askRunning({ method: 'restartService', service }, signal);
  }

  async stopService(service: LabService): Promise<void> {
    await this.#askRunning({ method: 'stopService', service });
  }

  async startDriver(): Promise<SparkDriver> {
    throw new RiachoError('SPARK_MISSING');
  }

  async down(): Promise<void> {
    const link = await this.#link();
    if (link === undefined) return;
    await link.ask({ method: 'down' }, doneAnswer).catch((error: unknown) => {
      // It ended before it could answer, which is what was asked for.
      if (!(error instanceof RiachoError && error.code === 'STACK_NOT_RUNNING')) throw error;
    });
    await link.closed;
  }

  async reset(): Promise<void> {
    await prepareDataFolder(this.#options.dataDir);
    // Also where nothing runs: only who holds the lock may remove the data.
    const { link } = await this.#askUntilTaken({ method: 'reset' }, doneAnswer);
    await link.closed;
  }

  async addresses(): Promise<StackAddresses> {
    const link = await this.#link();
    const frame = (await link?.ask({ method: 'status', after: 0 }, statusAnswer))?.frame;
    if (frame?.stack !== 'healthy') throw new RiachoError('STACK_NOT_RUNNING');
    const of = (name: string) => frame.services.filter((one) => one.name === name).map((one) => one.address);
    return { brokers: of('kafka'), contactPoints: of('cassandra'), localDataCenter };
  }

  async close({ leaveRunning = false } = {}): Promise<void> {
    this.#isClosed = true;
    const link = await this.#opening;
    // One that has ended meanwhile cannot be left.
    if (leaveRunning) await link?.ask({ method: 'own', leaveRunning }, doneAnswer).catch(() => undefined);
    link?.close();
    await link?.closed;
  }

  async #askStatus(after: number, signal?: AbortSignal): Promise<StatusFrame | undefined> {
    const link = await this.#link();
    if (link === undefined) return undefined;
    try {
      const answer = await link.ask({ method: 'status', after }, statusAnswer, signal);
      this.#stoppedVersion = undefined;
      this.#lastVersion = answer.version;
      return answer;
    } catch (error) {
      if (error instanceof RiachoError && error.code === 'STACK_NOT_RUNNING') return undefined;
      throw error;
    }
  }

  async #askRunning(question: Question, signal?: AbortSignal): Promise<void> {
    const link = await this.#link();
    if (link === undefined) throw new RiachoError('STACK_NOT_RUNNING');
    await link.ask(question, doneAnswer, signal);
  }

  /** Asks until a supervisor takes it on: one that is about to end is waited for, and followed by a new one. */
  async #askUntilTaken<T>(question: Question, schema: z.ZodType<T>, signal?: AbortSignal) {
    for (;;) {
      const link = await this.#linkOrSpawn(signal);
      try {
        return { link, answer: await link.ask(question, schema, signal) };
      } catch (error) {
        const isEnding = error instanceof RiachoError && /^STACK_(BUSY|NOT_RUNNING)$/.test(error.code);
        if (!isEnding) throw error;
        await link.closed;
      }
    }
  }

  /** The one connection of this client, opened when needed; undefined when no supervisor answers. */
  async #link(): Promise<SupervisorLink | undefined> {
    const opening = this.#opening;
    const known = await opening;
    if (this.#isClosed) return undefined;
    if (known?.isOpen) return known;
    // Of two that find none, the second takes what the first opens: a link that is lost would own the stack for ever.
    if (this.#opening === opening) this.#opening = this.#open();
    return this.#opening;
  }

  async #open(): Promise<SupervisorLink | undefined> {
    const { dataDir } = this.#options;
    const folder = await realpath(dataDir).catch(() => undefined);
    if (folder === undefined) return undefined;
    const file = await readStackFile(folder);
    const link = file && (await openLink(file.socket));
    return link ?? openLink(await socketPath(folder));
  }

  async #linkOrSpawn(signal?: AbortSignal): Promise<SupervisorLink> {
    const found = await this.#link();
    if (found !== undefined) return found;
    if (this.#isClosed) throw new RiachoError('CANCELLED');
    const { dataDir, supervisorCommand } = this.#options;
    const supervisor = await spawnSupervisor(supervisorCommand, dataDir);
    const deadlineMs = performance.now() + spawnMs;
    let hasEnded = false;
    void supervisor.ended.then(() => (hasEnded = true));
    for (;;) {
      // In this order: one that ended since another holds the lock is no failure if that one answers.
      const isLast = hasEnded || performance.now() > deadlineMs;
      const link = await this.#link();
      if (link !== undefined) return link;
      if (this.#isClosed) throw new RiachoError('CANCELLED');
      if (isLast) throw new RiachoError('UNEXPECTED', { detail: await supervisor.lastWords() });
      await pause(dialEveryMs, signal);
    }
  }
}

/** The status of a start that is through; undefined while it is on its way. Throws its fault. */
function outcomeOf(frame: StackStatus): StackStatus | undefined {
  switch (frame.stack) {
    case 'healthy':
      return frame;
    case 'failed': {
      const fault = frame.services.find((service) => service.fault !== undefined)?.fault;
      throw new RiachoError(fault?.code ?? 'UNEXPECTED', fault?.params);
    }
    case 'stopping':
    case 'stopped':
    case 'absent':
      throw new RiachoError('CANCELLED');
    case 'pulling':
    case 'starting':
    case 'unhealthy':
      return undefined;
  }
}

async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  await delay(ms, undefined, signal === undefined ? {} : { signal }).catch(() => {
    throw new RiachoError('CANCELLED');
  });
}
