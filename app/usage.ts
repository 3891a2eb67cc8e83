// What the services, the app and the machine take and have: measured once a second, and only while somebody asks.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { availableParallelism, freemem, totalmem } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import type { Engine, UsageReading } from '../stack/engine.ts';
import type { UsageFrame } from '../words/services.ts';
import type { ServiceName, ServiceStatus } from '../words/stack.ts';
import { readProcesses } from './process-usage.ts';
import { pollMs, toFramed, type Framed } from './streams/feed.ts';

const everyMs = 1_000;
/** Of two measurements that are further apart than this, the older one says nothing about now. */
const staleMs = 5_000;
/** How long the first measurement takes, which has none before it. */
const firstMs = 200;

type Measured = Pick<Engine, 'next' | 'readUsage'>;

/** Time a process has had on a core, and the memory it holds. */
interface Reading {
  cpuMs: number;
  memoryBytes: number;
}

interface Sample {
  /** Monotonic ms. */
  at: number;
  services: ReadonlyMap<ServiceName, UsageReading>;
  app: Reading;
}

/** Of one core; a process that began in between has no time before it. */
function cpuPercent(now: Reading, before: Reading | undefined, ms: number): number {
  const percent = ((now.cpuMs - (before?.cpuMs ?? 0)) / ms) * 100;
  return Math.round(Math.max(0, percent) * 10) / 10;
}

export class Usage {
  readonly #engine: Measured;
  readonly #delay = monitorEventLoopDelay({ resolution: 10 });
  #version = 0;
  #frame: UsageFrame | undefined;
  #last: Sample | undefined;
  #measuring: Promise<void> | undefined;
  #idle: NodeJS.Timeout | undefined;

  constructor(engine: Measured) {
    this.#engine = engine;
  }

  /** Answers with a measurement newer than `after`, some second later at most. */
  async next(after: number, signal?: AbortSignal): Promise<Framed<UsageFrame>> {
    this.#stayAwake();
    const deadline = performance.now() + pollMs;
    for (;;) {
      await this.#measureIfDue();
      const frame = this.#frame;
      const isOver = this.#version !== after || performance.now() >= deadline || signal?.aborted;
      if (frame !== undefined && isOver) return toFramed(this.#version, frame, after);
      await delay(firstMs / 2, undefined, signal && { signal }).catch(() => undefined);
    }
  }

  /** Stops measuring. */
  close(): void {
    clearTimeout(this.#idle);
    this.#delay.disable();
  }

  /** The loop's delay is measured by a timer of its own, which must not go on for ever. */
  #stayAwake(): void {
    this.#delay.enable();
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => this.#delay.disable(), staleMs).unref();
  }

  #measureIfDue(): Promise<void> {
    const isDue = this.#last === undefined || performance.now() - this.#last.at >= everyMs;
    if (isDue) {
      this.#measuring ??= this.#measure().finally(() => {
        this.#measuring = undefined;
      });
    }
    return this.#measuring ?? Promise.resolve();
  }

  async #measure(): Promise<void> {
    if (this.#last === undefined || performance.now() - this.#last.at > staleMs) {
      this.#last = await this.#read();
      this.#delay.reset();
      await delay(firstMs);
    }
    const before = this.#last;
    const now = await this.#read();
    const ms = now.at - before.at;
    this.#frame = {
      services: [...now.services].map(([name, reading]) => {
        const same = before.services.get(name);
        const { startedAt, memoryBytes } = reading;
        return {
          name,
          cpuPercent: cpuPercent(reading, same?.startedAt === startedAt ? same : undefined, ms),
          memoryBytes,
          startedAt,
        };
      }),
      app: {
        cpuPercent: cpuPercent(now.app, before.app, ms),
        memoryBytes: now.app.memoryBytes,
        loopDelayP99Ms: Math.round(this.#delay.percentile(99) / 1e5) / 10,
      },
      machine: { memoryBytes: totalmem(), freeBytes: freemem(), cpus: availableParallelism() },
    };
    this.#delay.reset();
    this.#last = now;
    this.#version += 1;
  }

  async #read(): Promise<Sample> {
    const services = (await this.#engine.readUsage?.()) ?? (await this.#readProcesses());
    const { user, system } = process.cpuUsage();
    return {
      at: performance.now(),
      services,
      app: { cpuMs: (user + system) / 1_000, memoryBytes: process.memoryUsage.rss() },
    };
  }

  async #readProcesses(): Promise<Map<ServiceName, UsageReading>> {
    const { frame } = await this.#engine.next(0);
    const readings = await readProcesses(frame.services.flatMap(({ pid }) => pid ?? []));
    return new Map(frame.services.flatMap((service) => readingOf(service, readings)));
  }
}

function readingOf(
  { name, pid, startedAt }: ServiceStatus,
  readings: ReadonlyMap<number, Reading>,
): [ServiceName, UsageReading][] {
  const reading = pid === undefined ? undefined : readings.get(pid);
  if (pid === undefined || reading === undefined || startedAt === undefined) return [];
  return [[name, { ...reading, startedAt }]];
}
