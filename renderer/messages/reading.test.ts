// A live reading as a person treats it: paused, gone on with, cut off.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { BrowseFrame, BrowseFrom, MessageRow } from '../../words/browse.ts';
import { RiachoError } from '../../words/errors.ts';
import { Reading, type ReadingCalls } from './reading.ts';

function row(seq: number): MessageRow {
  return { seq, partition: 0, offset: seq, timestamp: 0, key: null, preview: '', isText: true, size: 0 };
}

/** An app whose topic grows by what `send` is given; `forget` loses the session. */
function app() {
  const rows: MessageRow[] = [];
  let status: BrowseFrame['state']['status'] = 'live';
  let isForgotten = false;
  let first = 0;
  const calls: ReadingCalls = {
    open: ({ from }) => {
      isForgotten = false;
      first = from.at === 'live' ? rows.length : 0;
      return Promise.resolve({ session: 's' });
    },
    next: ({ after }) => {
      if (isForgotten) return Promise.reject(new RiachoError('SESSION_GONE'));
      const seen = rows.slice(first);
      const messages = seen
        .slice(after)
        .map(({ offset }, index) => ({ ...row(offset), seq: after + index + 1 }));
      const state =
        status === 'failed' ? { status, fault: { code: 'UNEXPECTED' as const, params: {} } } : { status };
      const frame = { state, scanned: seen.length, total: rows.length, matched: seen.length, messages };
      return Promise.resolve({ version: seen.length, skipped: 0, frame });
    },
    resume: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
  return {
    calls,
    send: (count: number) =>
      rows.push(...Array.from({ length: count }, (_, index) => row(rows.length + index))),
    forget: () => (isForgotten = true),
    become: (next: typeof status) => (status = next),
  };
}

const offsets = (reading: Reading) => [...reading.rows].map(({ offset }) => offset);

describe('a reading', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  async function begin(calls: ReadingCalls, from: BrowseFrom = { at: 'live' }) {
    const reading = new Reading(calls, { topic: 'dsa_kafka_topic', from, filter: { text: '' } });
    await vi.advanceTimersByTimeAsync(150);
    return reading;
  }
  const pass = () => vi.advanceTimersByTimeAsync(150);

  it('shows what comes while it is live', async () => {
    const { calls, send } = app();
    const reading = await begin(calls);
    send(3);
    await pass();
    expect(offsets(reading)).toEqual([0, 1, 2]);
    expect(reading.store.getState()).toMatchObject({
      phase: { status: 'live' },
      matched: 3,
      isFollowing: true,
    });
    reading.end();
  });

  it('paused keeps its rows in place and counts what comes, then shows all of it', async () => {
    const { calls, send } = app();
    const reading = await begin(calls);
    send(2);
    await pass();
    reading.pause();
    send(3);
    await pass();
    expect(offsets(reading)).toEqual([0, 1]);
    expect(reading.store.getState()).toMatchObject({ held: 3, matched: 5 });
    reading.goOn();
    expect(offsets(reading)).toEqual([0, 1, 2, 3, 4]);
    expect(reading.store.getState()).toMatchObject({ held: 0, isFollowing: true });
    reading.end();
  });

  it('counts as skipped what a long pause could not keep', async () => {
    const { calls, send } = app();
    const reading = await begin(calls);
    reading.pause();
    send(10_500);
    await pass();
    expect(reading.store.getState()).toMatchObject({ held: 10_500, skipped: 500 });
    reading.goOn();
    expect(offsets(reading).at(0)).toBe(500);
    reading.end();
  });

  it('goes on after it was forgotten, keeps what it showed and says that there is a gap', async () => {
    const { calls, send, forget } = app();
    const reading = await begin(calls);
    send(2);
    await pass();
    forget();
    send(5);
    await pass();
    expect(reading.store.getState().phase).toMatchObject({
      status: 'waiting',
      fault: { code: 'SESSION_GONE' },
    });
    await vi.advanceTimersByTimeAsync(1_200);
    send(1);
    await pass();
    expect(offsets(reading)).toEqual([0, 1, 7]);
    expect(reading.store.getState()).toMatchObject({ hasGap: true, scanned: 3, matched: 3 });
    reading.end();
  });

  it('of what is there begins anew after it was forgotten, with nothing twice', async () => {
    const { calls, send, forget, become } = app();
    become('full');
    send(2);
    const reading = await begin(calls, { at: 'beginning' });
    expect(offsets(reading)).toEqual([0, 1]);
    forget();
    await vi.advanceTimersByTimeAsync(1_500);
    expect(offsets(reading)).toEqual([0, 1]);
    expect(reading.store.getState()).toMatchObject({ hasGap: false, phase: { status: 'full' } });
    reading.end();
  });

  it('that failed for good says so and asks no more', async () => {
    const { calls, become } = app();
    become('failed');
    const reading = await begin(calls);
    expect(reading.store.getState().phase).toMatchObject({ status: 'failed', fault: { code: 'UNEXPECTED' } });
    expect(vi.getTimerCount()).toBe(0);
  });

  it('that was cancelled says so and keeps what it has', async () => {
    const { calls, send } = app();
    const reading = await begin(calls);
    send(2);
    await pass();
    reading.cancel();
    send(2);
    await pass();
    expect(reading.store.getState().phase).toEqual({ status: 'cancelled' });
    expect(offsets(reading)).toEqual([0, 1]);
  });
});
