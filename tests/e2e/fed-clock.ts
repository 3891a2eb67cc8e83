// A fed lab's own time: what has happened since it began, at its pace. Every number of it is counted from here.
import type { RunsFrame } from '../../contract/contract.ts';
import { historySeconds } from '../../contract/limits.ts';
import type { MetricPoint } from '../../words/lab.ts';

export interface Pace {
  /** Messages a second. */
  rate: number;
  /** Those that were in the topic before. */
  before: number;
}

const spoiledShare = 0.02;

export class FedClock {
  readonly startedAt = Date.now();
  readonly pace: Pace;

  constructor(pace: Pace) {
    this.pace = pace;
  }

  get seconds(): number {
    return (Date.now() - this.startedAt) / 1_000;
  }

  /** Messages produced since the beginning. */
  get produced(): number {
    return Math.floor(this.seconds * this.pace.rate);
  }

  get inTopic(): number {
    return this.pace.before + this.produced;
  }

  /** Both runs as they are now: every term counted, so that the sum holds. */
  runs(): RunsFrame {
    const { rate } = this.pace;
    const { produced, inTopic, startedAt } = this;
    const waiting = Math.min(produced, Math.floor(rate * (0.05 + 0.04 * Math.sin(this.seconds))));
    const handled = inTopic - waiting;
    const deadLetters = Math.floor(handled * spoiledShare);
    const written = handled - deadLetters;
    const lately = { p50Ms: 12 + 4 * Math.sin(this.seconds), p95Ms: 40 + 9 * Math.cos(this.seconds) };
    return {
      producer: {
        state: { status: 'running' },
        produced,
        spoiled: Math.floor(produced * spoiledShare),
        origin: 'offline',
        startedAt,
      },
      consumer: {
        state: { status: 'running' },
        mode: 'initial',
        processor: 'builtin',
        written,
        deadLetters,
        skipped: 0,
        waiting,
        rewinds: 0,
        lost: 0,
        startedAt,
      },
      sum: { inTopic, skipped: 0, written, deadLetters, waiting },
      rates: {
        produced: rate,
        read: rate,
        written: rate * (1 - spoiledShare),
        deadLetters: rate * spoiledShare,
      },
      latency: lately,
    };
  }

  /** The number of the second that is over, counted so that a full history lies before the first. */
  get second(): number {
    return historySeconds + Math.floor(this.seconds);
  }

  points(after: number): MetricPoint[] {
    const { rate } = this.pace;
    const first = Math.max(after, this.second - historySeconds);
    return Array.from({ length: this.second - first }, (_, index): MetricPoint => {
      const second = first + index + 1;
      const wave = Math.sin(second / 9);
      return {
        at: this.startedAt + (second - historySeconds) * 1_000,
        produced: rate * (0.9 + 0.1 * wave),
        written: rate * (0.88 + 0.1 * wave),
        deadLetters: rate * spoiledShare,
        lag: rate * (0.2 + 0.15 * wave),
        latency: { p50Ms: 12 + 5 * wave, p95Ms: 41 + 20 * wave },
      };
    });
  }
}
