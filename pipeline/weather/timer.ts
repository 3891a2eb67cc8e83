// The periodic extraction: takes the weather, writes it, rests, and goes on whatever fails.
// What was taken is kept until it is written. Knows neither who listens nor which source it has.
import { setTimeout as delay } from 'node:timers/promises';
import { faultOf, RiachoError, type Fault } from '../../words/errors.ts';
import type { Place, TimerState, WeatherFrame, WeatherRow } from '../../words/weather.ts';
import { Backoff } from '../sources/backoff.ts';
import type { WeatherDatabase } from './database.ts';
import type { Source } from './source.ts';

/** Rows kept for a database that does not take them; with so many, no more are taken until they are written. */
const pendingMax = 100_000;
/** A clock that was set, or a machine that slept, is noticed within this time. */
const lookMs = 1_000;
/** The time of the next extraction is not told anew for less than this. */
const nextAtGrainMs = 1_500;

export interface TimerOptions {
  source: Source;
  database: WeatherDatabase;
  places: readonly Place[];
  everyMs: number;
  /** Ends after so many extractions; without it, when stopped. */
  count?: number;
  /** Rows that a former timer could not write. */
  pending?: readonly WeatherRow[];
  log?: (message: string, detail?: unknown) => void;
}

interface Failure {
  error: unknown;
  fault: Fault;
}

type Told = Omit<WeatherFrame, 'places' | 'everyMs' | 'source'>;

/** `start` it once; `done` resolves when it has ended. */
export class WeatherTimer {
  readonly #options: TimerOptions;
  readonly #stop = new AbortController();
  #wake = new AbortController();
  #state: TimerState = { status: 'working' };
  #pending: WeatherRow[];
  #runs = 0;
  #added = 0;
  #known = 0;
  #hasAnswered = false;
  #fellBack: Fault | undefined;
  #fault: Fault | undefined;
  #lastAt: number | undefined;
  #done: Promise<void> = Promise.resolve();

  constructor(options: TimerOptions) {
    this.#options = options;
    this.#pending = [...(options.pending ?? [])];
  }

  /** The first extraction begins at once. */
  start(): void {
    this.#done = this.#run();
  }

  /** Resolves when it has ended, by its count or by `stop`; never rejects. */
  get done(): Promise<void> {
    return this.#done;
  }

  /** The next extraction, or the next try of this one, begins now. */
  runNow(): void {
    this.#wake.abort();
  }

  /** Ends it; what is at hand is written first, if it can be. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#done;
  }

  /** For the source's `onFallback`: says once why rows come from elsewhere. */
  noteFallback(fault: Fault): void {
    this.#fellBack = fault;
  }

  /** What could not be written. */
  get pending(): readonly WeatherRow[] {
    return this.#pending;
  }

  frame(): Told {
    return {
      state: this.#state,
      runs: this.#runs,
      added: this.#added,
      known: this.#known,
      pending: this.#pending.length,
      ...(this.#hasAnswered && { origin: this.#options.source.origin }),
      ...(this.#fellBack && { fellBack: this.#fellBack }),
      ...(this.#fault && { fault: this.#fault }),
      ...(this.#lastAt !== undefined && { lastAt: this.#lastAt }),
    };
  }

  async #run(): Promise<void> {
    const { everyMs, count = Number.POSITIVE_INFINITY } = this.#options;
    const { signal } = this.#stop;
    while (!signal.aborted) {
      const due = performance.now() + everyMs;
      await this.#extract(due);
      if (signal.aborted || this.#runs >= count) break;
      const rests = (nextAt: number): TimerState => ({ status: 'resting', nextAt });
      await this.#sleep(due - performance.now(), rests);
    }
    if (this.#pending.length > 0) this.#fault = (await this.#write())?.fault;
    this.#state = { status: 'off' };
  }

  /** Takes and writes; tries again what fails for a moment, until the next extraction is due. */
  async #extract(due: number): Promise<void> {
    let fault =
      this.#pending.length < pendingMax ? await this.#tryUntil(due, 'source', () => this.#take()) : undefined;
    if (this.#pending.length > 0)
      fault = (await this.#tryUntil(due, 'database', () => this.#write())) ?? fault;
    if (this.#stop.signal.aborted) return;
    this.#fault = fault;
    this.#runs += 1;
  }

  async #tryUntil(
    due: number,
    what: 'source' | 'database',
    work: () => Promise<Failure | undefined>,
  ): Promise<Fault | undefined> {
    const backoff = new Backoff();
    for (;;) {
      this.#state = { status: 'working' };
      const failure = await work();
      if (failure === undefined || this.#stop.signal.aborted) return failure?.fault;
      const { fault } = failure;
      const pauseMs = backoff.after(failure.error);
      // An answer that is no weather will be none in a second either; a database may be mended at any time.
      const isWorthIt = what === 'database' || fault.code === 'SOURCE_UNREACHABLE';
      if (!isWorthIt || performance.now() + pauseMs >= due) return fault;
      this.#fault = fault;
      await this.#sleep(pauseMs, (nextAt) => ({ status: 'waiting', for: what, fault, nextAt }));
      if (this.#stop.signal.aborted) return fault;
    }
  }

  async #take(): Promise<Failure | undefined> {
    const { source, places, log } = this.#options;
    try {
      this.#pending.push(...(await source.take(places, this.#stop.signal)));
      this.#hasAnswered = true;
      this.#lastAt = Date.now();
      return undefined;
    } catch (error) {
      if (!(error instanceof RiachoError && error.code === 'CANCELLED')) log?.('no weather came', error);
      return { error, fault: faultOf(error) };
    }
  }

  async #write(): Promise<Failure | undefined> {
    try {
      const { added, known } = await this.#options.database.write(this.#pending);
      this.#pending = [];
      this.#added += added;
      this.#known += known;
      return undefined;
    } catch (error) {
      this.#options.log?.('weather could not be written', error);
      return { error, fault: faultOf(error) };
    }
  }

  /**
   * Rests for `ms`, or less where it is woken or stopped. Measured by two clocks, of which the first counts: one can be set
   * back, and the other stands still while the machine sleeps.
   */
  async #sleep(ms: number, toState: (nextAt: number) => TimerState): Promise<void> {
    this.#wake = new AbortController();
    const signal = AbortSignal.any([this.#stop.signal, this.#wake.signal]);
    const due = { steady: performance.now() + ms, wall: Date.now() + ms };
    let told = Number.NEGATIVE_INFINITY;
    while (!signal.aborted) {
      const left = Math.min(due.steady - performance.now(), due.wall - Date.now());
      if (left <= 0) return;
      const nextAt = Math.round(Date.now() + left);
      if (Math.abs(nextAt - told) > nextAtGrainMs) {
        told = nextAt;
        this.#state = toState(nextAt);
      }
      await delay(Math.min(left, lookMs), undefined, { signal }).catch(() => undefined);
    }
  }
}
