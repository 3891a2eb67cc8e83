// The sum ready for whoever watches: right whenever it is looked at, asked of the broker seldom, and gone with it.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { encodeMetadata, type Position } from '../pipeline/users/consumer/position.ts';
import { RiachoError } from '../words/errors.ts';
import { sumHolds } from '../words/runs.ts';
import type { ServiceState } from '../words/stack.ts';
import { SumKeeper, type SumParts } from './sum.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const counters = (written: number) => ({ origin: 0, skipped: 0, written, deadLetters: 0 });

interface State {
  kafka: ServiceState;
  /** What the group has committed. */
  committed: number;
  /** Where our own consumer stands. */
  live: Map<number, Position> | undefined;
  hasRuns: boolean;
  fault: Error | undefined;
  /** Questions to the broker, and to the connections. */
  asked: number;
  opened: number;
  isOpen: boolean;
}

function watched() {
  const state: State = {
    kafka: 'healthy',
    committed: 4,
    live: undefined,
    hasRuns: false,
    fault: undefined,
    asked: 0,
    opened: 0,
    isOpen: false,
  };
  const broker: Awaited<ReturnType<SumParts['connections']['open']>>['broker'] = {
    async ranges() {
      state.asked += 1;
      if (state.fault) throw state.fault;
      return [{ partition: 0, low: 0, high: 10 }];
    },
    positions: async () => [
      { partition: 0, offset: state.committed, metadata: encodeMetadata(counters(state.committed)) },
    ],
  };
  const connections: SumParts['connections'] = {
    get isOpen() {
      return state.isOpen;
    },
    async open() {
      state.opened += 1;
      state.isOpen = true;
      return { broker };
    },
    async letGo() {
      state.isOpen = false;
    },
  };
  const keeper = new SumKeeper({
    engine: {
      next: async () => ({
        version: 1,
        frame: {
          engine: 'embedded',
          stack: state.kafka === 'healthy' ? 'healthy' : state.kafka,
          services: [{ name: 'kafka', state: state.kafka, address: '' }],
          notices: [],
        },
      }),
    },
    connections,
    positions: () => state.live,
    hasRuns: () => state.hasRuns,
  });
  /** Looks ten times a second, as a watcher does. */
  const watch = async (ms: number): Promise<void> => {
    for (let at = 0; at < ms; at += 100) {
      keeper.look();
      await vi.advanceTimersByTimeAsync(100);
    }
  };
  return { state, keeper, watch };
}

describe('the sum for a watcher', () => {
  it('is that of the broker and the group', async () => {
    const { keeper, watch } = watched();
    expect(keeper.now()).toBeUndefined();
    await watch(200);
    expect(keeper.now()).toEqual({ inTopic: 10, skipped: 0, written: 4, deadLetters: 0, waiting: 6 });
  });

  it('holds at every moment, also where our consumer is ahead of what the broker last said', async () => {
    const { state, keeper, watch } = watched();
    await watch(200);
    for (let written = 4; written < 30; written += 1) {
      state.live = new Map([[0, { offset: written, counters: counters(written) }]]);
      const sum = keeper.now();
      expect(sum && sumHolds(sum)).toBe(true);
      expect(sum?.written).toBe(written);
    }
    expect(keeper.now()).toMatchObject({ inTopic: 29, waiting: 0 });
  });

  it('does not go back when our consumer ends', async () => {
    const { state, keeper, watch } = watched();
    state.live = new Map([[0, { offset: 9, counters: counters(9) }]]);
    await watch(200);
    expect(keeper.now()?.written).toBe(9);
    state.live = undefined;
    expect(keeper.now()?.written).toBe(9);
    state.committed = 9;
    await watch(500);
    expect(keeper.now()?.written).toBe(9);
  });

  it('is asked four times a second at most, and not at all when nobody looks', async () => {
    const { state, watch } = watched();
    await watch(3_000);
    expect(state.asked).toBeGreaterThan(6);
    expect(state.asked).toBeLessThanOrEqual(12);
    const before = state.asked;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(state.asked).toBe(before);
  });

  it('is old after a while that nobody looked', async () => {
    const { keeper, watch } = watched();
    await watch(200);
    await vi.advanceTimersByTimeAsync(6_000);
    expect(keeper.now()).toBeUndefined();
  });

  it('is gone with Kafka, whose clients are let go, and not opened again while it is away', async () => {
    const { state, keeper, watch } = watched();
    await watch(200);
    state.kafka = 'stopped';
    await watch(500);
    expect(keeper.now()).toBeUndefined();
    expect(state.isOpen).toBe(false);
    const { opened } = state;
    await watch(5_000);
    expect(state.opened).toBe(opened);
    state.kafka = 'healthy';
    await watch(2_500);
    expect(keeper.now()).toBeDefined();
  });

  it('leaves the clients to a run that waits for Kafka', async () => {
    const { state, watch } = watched();
    state.hasRuns = true;
    await watch(200);
    state.kafka = 'failed';
    await watch(500);
    expect(state.isOpen).toBe(true);
  });

  it('is asked seldom where there is no answer', async () => {
    const { state, keeper, watch } = watched();
    state.fault = new RiachoError('TOPIC_MISSING', { topic: 'x' });
    await watch(4_000);
    expect(keeper.now()).toBeUndefined();
    expect(state.asked).toBeLessThanOrEqual(3);
  });
});
