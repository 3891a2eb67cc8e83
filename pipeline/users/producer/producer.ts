// Takes users from a source and sends them to the topic at the chosen rate, for a time or a count.
// It counts a record when the broker has acknowledged it, and backs off when source or broker are away.
import { setImmediate, setTimeout as delay } from 'node:timers/promises';
import { faultOf, RiachoError, type Fault } from '../../../words/errors.ts';
import {
  traceHeader,
  type ProducerFrame,
  type RunState,
  type SpoilKind,
  type Trace,
} from '../../../words/runs.ts';
import { usersTopic } from '../../../words/users.ts';
import {
  TooLargeError,
  type Broker,
  type MessageProducer,
  type OutgoingMessage,
} from '../../kafka/broker.ts';
import { Backoff } from '../../sources/backoff.ts';
import type { RawUser } from '../raw-user.ts';
import type { Source } from '../sources/source.ts';
import { spoil, spoilSchedule } from '../spoil.ts';
import { newId, toUser } from '../to-user.ts';
import { Schedule, sendMax } from './schedule.ts';

/** Records asked for at a time: this many seconds' worth, so that a stop wastes little and the API is asked seldom. */
const fetchAheadSeconds = 10;
const takeMax = 5_000;

export interface ProducerOptions {
  broker: Broker;
  source: Source;
  /** Records a second; `Infinity` for as fast as it goes. */
  rate: number;
  /** Most records a second while they come from the live API, which limits its callers. */
  liveRateMax?: number;
  /** Stops after this time; without it and without `count` it runs until stopped. */
  durationMs?: number;
  /** Stops after this many records. */
  count?: number;
  /** Share of records to spoil, 0 to 100. */
  faultyPercent: number;
  /** Makes the topic again where it has vanished. */
  ensureTopics: () => Promise<void>;
  log?: (message: string, detail?: unknown) => void;
}

interface Ready {
  raw: RawUser;
  fetchedAt: number;
}

/** One run of the producer. `start` it once; `done` resolves when it has ended, however it ended. */
export class UsersProducer {
  readonly #options: ProducerOptions;
  readonly #stop = new AbortController();
  readonly #nextSpoil: () => SpoilKind | undefined;
  readonly #startedAt = Date.now();
  #state: RunState = { status: 'starting' };
  #ready: Ready[] = [];
  #produced = 0;
  #spoiled = 0;
  #hasAnswered = false;
  #lastFault: Fault | undefined;
  #fellBack: Fault | undefined;
  #endedAt: number | undefined;
  #done: Promise<void> = Promise.resolve();

  constructor(options: ProducerOptions) {
    this.#options = options;
    this.#nextSpoil = spoilSchedule(options.faultyPercent);
  }

  /** Connects and begins to send; rejects when the broker cannot be reached. */
  async start(): Promise<void> {
    const producer = await this.#options.broker.openProducer();
    this.#state = { status: 'running' };
    this.#done = this.#run(producer);
  }

  get done(): Promise<void> {
    return this.#done;
  }

  /** Ends the run; what was not acknowledged by then is not counted. */
  async stop(): Promise<void> {
    if (this.#endedAt === undefined) this.#state = { status: 'stopping' };
    this.#stop.abort();
    await this.#done;
  }

  /** For the source's `onFallback`: says once why records come from elsewhere. */
  noteFallback(fault: Fault): void {
    this.#fellBack = fault;
  }

  frame(): ProducerFrame {
    return {
      state: this.#state,
      produced: this.#produced,
      spoiled: this.#spoiled,
      ...(this.#hasAnswered && { origin: this.#options.source.origin }),
      ...(this.#fellBack && { fellBack: this.#fellBack }),
      startedAt: this.#startedAt,
      ...(this.#options.durationMs !== undefined && { endsAt: this.#startedAt + this.#options.durationMs }),
      ...(this.#endedAt !== undefined && { endedAt: this.#endedAt }),
    };
  }

  async #run(producer: MessageProducer): Promise<void> {
    const { durationMs } = this.#options;
    const timeout = durationMs === undefined ? undefined : setTimeout(() => this.#stop.abort(), durationMs);
    let failure: Fault | undefined;
    try {
      await this.#send(producer, this.#stop.signal);
      // A run that never got a record has not done what was asked of it.
      if (this.#produced === 0 && this.#lastFault) failure = this.#lastFault;
    } catch (error) {
      this.#options.log?.('the producer failed', error);
      failure = faultOf(error);
    } finally {
      clearTimeout(timeout);
      await producer.close().catch((error: unknown) => this.#options.log?.('closing the producer', error));
    }
    this.#endedAt = Date.now();
    this.#state = failure ? { status: 'failed', fault: failure } : { status: 'done' };
  }

  async #send(producer: MessageProducer, signal: AbortSignal): Promise<void> {
    const { count = Number.POSITIVE_INFINITY } = this.#options;
    const schedule = new Schedule(this.#rate, performance.now());
    while (!signal.aborted && this.#produced < count) {
      if (this.#ready.length === 0) {
        const before = performance.now();
        const isOpen = await this.#fetch(count - this.#produced, signal);
        if (!isOpen) return;
        // A source that kept us waiting is not made up for; one that answered within a beat is.
        if (performance.now() - before > 1_000) schedule.resume(performance.now());
        schedule.pace(this.#rate, performance.now());
        // Making users, making messages of them and packing these are three pieces of work: what else waits comes between.
        await setImmediate();
        continue;
      }
      const due = Math.min(schedule.due(performance.now()), count - this.#produced);
      if (due === 0) {
        await delay(schedule.wait(performance.now()), undefined, { signal }).catch(() => undefined);
        continue;
      }
      const batch = this.#ready.splice(0, due);
      const isPunctual = await this.#deliver(producer, batch, signal);
      if (!isPunctual) schedule.resume(performance.now());
      schedule.sent(isPunctual ? batch.length : 0);
    }
  }

  /** Fills the store from the source; resolves with false when the source has ended or the run was stopped. */
  async #fetch(wanted: number, signal: AbortSignal): Promise<boolean> {
    const { source } = this.#options;
    const ahead = Number.isFinite(this.#rate)
      ? Math.max(1, Math.ceil(this.#rate * fetchAheadSeconds))
      : sendMax;
    const backoff = new Backoff();
    while (!signal.aborted) {
      try {
        const { users, fetchedAt } = await source.take(Math.min(wanted, ahead, takeMax), signal);
        this.#hasAnswered = true;
        this.#ready = users.map((raw) => ({ raw, fetchedAt }));
        this.#runningAgain();
        return users.length > 0;
      } catch (error) {
        if (signal.aborted) return false;
        if (!(error instanceof RiachoError) || error.code !== 'SOURCE_UNREACHABLE') throw error;
        this.#options.log?.('the source is away', error);
        this.#lastFault = error.fault;
        this.#state = { status: 'waiting', for: 'source', fault: error.fault };
        await delay(backoff.after(error), undefined, { signal }).catch(() => undefined);
      }
    }
    return false;
  }

  /** Sends until the broker has it or the run is stopped; resolves with whether it went at the first try. */
  async #deliver(producer: MessageProducer, batch: readonly Ready[], signal: AbortSignal): Promise<boolean> {
    const outgoing = batch.map((ready) => this.#toMessage(ready));
    const spoiled = outgoing.filter(({ isSpoiled }) => isSpoiled).length;
    await setImmediate();
    for (let tries = 1, pauseMs = 100; !signal.aborted; tries += 1, pauseMs = Math.min(2 * pauseMs, 2_000)) {
      try {
        await sendInParts(
          producer,
          outgoing.map(({ message }) => message),
        );
        this.#produced += batch.length;
        this.#spoiled += spoiled;
        this.#runningAgain();
        return tries === 1;
      } catch (error) {
        if (error instanceof TooLargeError)
          throw new RiachoError('BROKER_REFUSED', { detail: error.message }, error);
        this.#options.log?.('the broker did not take a batch', error);
        const fault = error instanceof RiachoError ? error.fault : undefined;
        this.#lastFault = fault;
        if (!signal.aborted) this.#state = { status: 'waiting', for: 'kafka', ...(fault && { fault }) };
        await delay(pauseMs, undefined, { signal }).catch(() => undefined);
        if (!signal.aborted) await this.#options.ensureTopics().catch(() => undefined);
      }
    }
    return false;
  }

  /** What was asked for, but no more than the live API allows while records come from there. */
  get #rate(): number {
    const { rate, source, liveRateMax = rate } = this.#options;
    return source.origin === 'randomuser' ? Math.min(rate, liveRateMax) : rate;
  }

  #runningAgain(): void {
    if (!this.#stop.signal.aborted) this.#state = { status: 'running' };
  }

  #toMessage({ raw, fetchedAt }: Ready): { message: OutgoingMessage; isSpoiled: boolean } {
    const user = toUser(raw, newId());
    const kind = this.#nextSpoil();
    const trace: Trace = {
      v: 1,
      fetchedAt,
      sentAt: Date.now(),
      source: this.#options.source.origin,
      ...(kind && { spoiled: kind }),
    };
    const value = kind ? spoil(user, kind) : Buffer.from(JSON.stringify(user));
    return {
      message: { key: user.id, value, headers: { [traceHeader]: JSON.stringify(trace) } },
      isSpoiled: kind !== undefined,
    };
  }
}

/** Halves what is too large for one request; rejects with a `TooLargeError` when even one message is. */
async function sendInParts(producer: MessageProducer, messages: readonly OutgoingMessage[]): Promise<void> {
  try {
    await producer.send(usersTopic, messages);
  } catch (error) {
    if (!(error instanceof TooLargeError) || messages.length === 1) throw error;
    const half = Math.ceil(messages.length / 2);
    await sendInParts(producer, messages.slice(0, half));
    await sendInParts(producer, messages.slice(half));
  }
}
