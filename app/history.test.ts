// The lab's pace and its last five minutes, from counters that begin anew and go back.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ConsumerFrame, ProducerFrame } from '../words/runs.ts';
import { History } from './history.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const running = { status: 'running' } as const;

function lab() {
  const producer: ProducerFrame = { state: running, produced: 0, spoiled: 0, startedAt: 1 };
  const counts = { written: 0, deadLetters: 0, skipped: 0, rewinds: 0, lost: 0 };
  const consumer: ConsumerFrame = {
    state: running,
    mode: 'append',
    processor: 'builtin',
    ...counts,
    startedAt: 1,
  };
  const lag: { now: number | undefined } = { now: undefined };
  const history = new History({
    frames: () => ({ producer: { ...producer }, consumer: { ...consumer } }),
    lag: () => lag.now,
    latency: () => undefined,
  });
  return { producer, consumer, lag, history };
}

describe('the rates', () => {
  it('are those of the last second', async () => {
    const { producer, consumer, history } = lab();
    for (let tenth = 0; tenth < 30; tenth += 1) {
      producer.produced += 100;
      consumer.written += 50;
      consumer.deadLetters += 1;
      history.rates();
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(history.rates()).toEqual({ produced: 1_000, read: 510, written: 500, deadLetters: 10 });
    await vi.advanceTimersByTimeAsync(1_500);
    expect(history.rates()).toEqual({ produced: 0, read: 0, written: 0, deadLetters: 0 });
  });

  it('are never negative: rows are written again, and a new run begins at nothing', async () => {
    const { producer, consumer, history } = lab();
    consumer.written = 1_000;
    history.rates();
    await vi.advanceTimersByTimeAsync(2_000);
    consumer.written = 900;
    expect(history.rates().written).toBe(0);
    await vi.advanceTimersByTimeAsync(1_000);
    consumer.written = 1_000;
    expect(history.rates().written).toBe(100);
    await vi.advanceTimersByTimeAsync(2_000);
    Object.assign(producer, { startedAt: 2, produced: 30 });
    expect(history.rates().produced).toBe(30);
  });
});

describe('the history', () => {
  it('has a point a second, each with what that second brought', async () => {
    const { producer, lag, history } = lab();
    producer.produced = 5;
    await vi.advanceTimersByTimeAsync(1_000);
    producer.produced = 12;
    lag.now = 3;
    await vi.advanceTimersByTimeAsync(1_000);
    const { version, frame, skipped } = await history.next(0);
    expect({ version, skipped }).toEqual({ version: 2, skipped: 0 });
    expect(frame.points).toEqual([
      { at: expect.any(Number), produced: 5, written: 0, deadLetters: 0 },
      { at: expect.any(Number), produced: 7, written: 0, deadLetters: 0, lag: 3 },
    ]);
  });

  it('tells only what is newer, and waits for it a second at most', async () => {
    const { producer, history } = lab();
    await vi.advanceTimersByTimeAsync(3_000);
    const waiting = history.next(3);
    producer.produced = 9;
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await waiting).toMatchObject({ version: 4, frame: { points: [{ produced: 9 }] }, skipped: 0 });
  });

  it('keeps five minutes, and says what a late comer has missed', async () => {
    const { history } = lab();
    await vi.advanceTimersByTimeAsync(400_000);
    expect(await history.next(50)).toMatchObject({ version: 400, skipped: 50 });
    expect((await history.next(50)).frame.points).toHaveLength(300);
    expect((await history.next(0)).skipped).toBe(0);
    expect((await history.next(9_999)).frame.points).toHaveLength(300);
  });

  it('ends with the app', async () => {
    const { history } = lab();
    history.close();
    expect(vi.getTimerCount()).toBe(0);
  });
});
