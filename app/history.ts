// The pace of the lab: records a second now, and five minutes of seconds. Only counts what the runs say of themselves.
import { setTimeout as delay } from 'node:timers/promises';
import { historySeconds } from '../contract/limits.ts';
import type { Latency, MetricPoint, Rates } from '../words/lab.ts';
import type { ConsumerFrame, ProducerFrame } from '../words/runs.ts';
import { lookMs, pollMs, type Framed } from './streams/feed.ts';

const secondMs = 1_000;
/** Looks that are kept: those of a second and a half, ten times a second by each of some watchers. */
const looksKept = 64;

export interface HistoryParts {
  frames: () => { producer?: ProducerFrame; consumer?: ConsumerFrame };
  /** Messages that wait in the topic; undefined where nobody asked the broker. */
  lag: () => number | undefined;
  latency: () => Latency | undefined;
}

/** Everything that was counted since the app began, over all runs. */
interface Totals {
  produced: number;
  written: number;
  deadLetters: number;
}

interface Look extends Totals {
  /** Monotonic ms. */
  at: number;
}

const zero: Totals = { produced: 0, written: 0, deadLetters: 0 };

export class History {
  readonly #parts: HistoryParts;
  readonly #timer = setInterval(() => this.#addPoint(), secondMs).unref();
  #totals: Totals = { ...zero };
  #seen: Totals = { ...zero };
  #producerStart = 0;
  #consumerStart = 0;
  #looks: Look[] = [];
  #lastPoint: Totals = { ...zero };
  #points: MetricPoint[] = [];
  /** The number of the newest point. */
  #version = 0;

  constructor(parts: HistoryParts) {
    this.#parts = parts;
  }

  close(): void {
    clearInterval(this.#timer);
  }

  /** Records a second, over the last one. */
  rates(): Rates {
    const now = this.#look();
    const before = this.#looks.findLast(({ at }) => now.at - at >= secondMs) ?? this.#looks[0] ?? now;
    const seconds = Math.max(secondMs, now.at - before.at) / 1_000;
    const rate = (count: (totals: Totals) => number): number =>
      Math.round(((count(now) - count(before)) / seconds) * 10) / 10;
    return {
      produced: rate(({ produced }) => produced),
      read: rate(({ written, deadLetters }) => written + deadLetters),
      written: rate(({ written }) => written),
      deadLetters: rate(({ deadLetters }) => deadLetters),
    };
  }

  /** The seconds behind the one numbered `after`; a number from another life gets all there are. */
  async next(after: number, signal?: AbortSignal): Promise<Framed<{ points: MetricPoint[] }>> {
    const deadline = performance.now() + pollMs;
    while (this.#version === after && performance.now() < deadline && !signal?.aborted) {
      await delay(lookMs, undefined, signal && { signal }).catch(() => undefined);
    }
    const isKnown = after > 0 && after <= this.#version;
    const newer = isKnown ? this.#version - after : this.#version;
    const points = this.#points.slice(Math.max(0, this.#points.length - newer));
    return { version: this.#version, frame: { points }, skipped: isKnown ? newer - points.length : 0 };
  }

  #addPoint(): void {
    const lag = this.#parts.lag();
    const latency = this.#parts.latency();
    const now = this.#look();
    this.#points.push({
      at: Date.now(),
      produced: now.produced - this.#lastPoint.produced,
      written: now.written - this.#lastPoint.written,
      deadLetters: now.deadLetters - this.#lastPoint.deadLetters,
      ...(lag !== undefined && { lag }),
      ...(latency && { latency }),
    });
    if (this.#points.length > historySeconds) this.#points.shift();
    this.#lastPoint = now;
    this.#version += 1;
  }

  /** Counts on. A run's numbers begin anew with each run, and go back where rows are written again. */
  #look(): Look {
    const { producer, consumer } = this.#parts.frames();
    if (producer && producer.startedAt !== this.#producerStart) {
      this.#producerStart = producer.startedAt;
      this.#seen.produced = 0;
    }
    if (consumer && consumer.startedAt !== this.#consumerStart) {
      this.#consumerStart = consumer.startedAt;
      this.#seen.written = 0;
      this.#seen.deadLetters = 0;
    }
    const seen: Totals = {
      produced: producer?.produced ?? 0,
      written: consumer?.written ?? 0,
      deadLetters: consumer?.deadLetters ?? 0,
    };
    const grown = (now: number, before: number): number => Math.max(0, now - before);
    this.#totals = {
      produced: this.#totals.produced + grown(seen.produced, this.#seen.produced),
      written: this.#totals.written + grown(seen.written, this.#seen.written),
      deadLetters: this.#totals.deadLetters + grown(seen.deadLetters, this.#seen.deadLetters),
    };
    this.#seen = seen;
    const look = { ...this.#totals, at: performance.now() };
    const last = this.#looks.at(-1);
    // Several watchers look at almost the same moment.
    if (last === undefined || look.at - last.at >= lookMs / 2) {
      this.#looks = [...this.#looks.slice(-looksKept + 1), look];
    }
    return look;
  }
}
