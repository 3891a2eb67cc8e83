// How a run of the Spark job stands, by what it has said so far. Pure: starts nothing, asks nobody.
import type { Position } from '../../pipeline/users/consumer/position.ts';
import type { DriverEnd, SparkDriver } from '../../stack/spark-driver.ts';
import type { Fault } from '../../words/errors.ts';
import type { ConsumerFrame, ConsumerMode, RunState, SparkBatch, SparkStep } from '../../words/runs.ts';
import type { JobEvent, JobTotals } from './job-events.ts';
import { endFault, failureFault, waitFault } from './job-faults.ts';

export class JobState {
  readonly #mode: ConsumerMode;
  readonly #startedAt = Date.now();
  #endedAt: number | undefined;
  #state: RunState = { status: 'waiting', for: 'spark' };
  #step: SparkStep | undefined;
  #batch: SparkBatch | undefined;
  /** What was counted before this run; known once it runs. */
  #before: JobTotals | undefined;
  #totals: JobTotals | undefined;

  constructor(mode: ConsumerMode) {
    this.#mode = mode;
  }

  get state(): RunState {
    return this.#state;
  }

  /** Its driver is there. */
  launched(): void {
    if (this.#state.status !== 'waiting') return;
    this.#state = { status: 'starting' };
    this.#step = { kind: 'launching' };
  }

  said(event: JobEvent, addresses: SparkDriver['addresses']): void {
    if ('totals' in event) this.#totals = event.totals;
    const isStopping = this.#state.status === 'stopping';
    switch (event.event) {
      case 'jar':
        this.#step = { kind: 'jars', done: event.done, total: event.of };
        return;
      case 'starting':
        this.#step = { kind: 'connecting' };
        return;
      case 'running':
        this.#before ??= event.before;
        this.#step = undefined;
        if (!isStopping) this.#state = { status: 'running' };
        return;
      case 'waiting':
        if (isStopping) return;
        this.#state = { status: 'waiting', for: event.for, fault: waitFault(event.for, addresses) };
        return;
      case 'batch': {
        const { written, deadLetters, ms, at } = event;
        this.#batch = { written, deadLetters, ms, at };
        return;
      }
      case 'stopped':
        return;
      case 'failed':
        this.fail(failureFault(event, addresses));
    }
  }

  stopping(): void {
    if (this.#endedAt === undefined) this.#state = { status: 'stopping' };
  }

  /** The driver is gone; `lastLines` are what was said last. */
  ended(end: DriverEnd, lastLines: string[]): void {
    this.fail(endFault(end, lastLines));
  }

  /** The first reason counts: what comes after it follows from it. Whoever has stopped it wants no reason. */
  fail(fault: Fault): void {
    if (this.#state.status === 'stopping') this.#finish({ status: 'done' });
    else if (this.#endedAt === undefined) this.#finish({ status: 'failed', fault });
  }

  frame(): ConsumerFrame {
    const since = (name: 'written' | 'deadLetters' | 'skipped'): number =>
      this.#before && this.#totals ? this.#totals[name] - this.#before[name] : 0;
    return {
      state: this.#state,
      mode: this.#mode,
      processor: 'spark',
      ...(this.#step && { step: this.#step }),
      ...(this.#batch && { batch: this.#batch }),
      written: since('written'),
      deadLetters: since('deadLetters'),
      skipped: since('skipped'),
      rewinds: 0,
      lost: 0,
      startedAt: this.#startedAt,
      ...(this.#endedAt !== undefined && { endedAt: this.#endedAt }),
    };
  }

  /** Empty until the job has said where it stands. */
  positions(): Map<number, Position> {
    const partitions = Object.entries(this.#totals?.partitions ?? {});
    return new Map(
      partitions.map(([partition, { offset, ...counters }]) => [Number(partition), { offset, counters }]),
    );
  }

  #finish(state: RunState): void {
    this.#state = state;
    this.#step = undefined;
    this.#endedAt = Date.now();
  }
}
