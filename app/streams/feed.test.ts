// A feed answers with the newest frame, waits a second at most, and never queues.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Feed } from './feed.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A feed of one number, and how often it was looked at. */
function counting() {
  const state = { value: 1, looks: 0 };
  const feed = new Feed(() => {
    state.looks += 1;
    return { value: state.value };
  });
  return { state, feed };
}

/** What a poll came to, and after how many milliseconds. */
async function timed<T>(poll: Promise<T>): Promise<{ answer: T; ms: number }> {
  const start = performance.now();
  let ms = Number.NaN;
  const answered = poll.then((answer) => {
    ms = performance.now() - start;
    return answer;
  });
  await vi.advanceTimersByTimeAsync(5_000);
  return { answer: await answered, ms };
}

describe('a feed', () => {
  it('tells a newcomer at once what there is', async () => {
    const { feed } = counting();
    expect(await timed(feed.next(0))).toEqual({
      answer: { version: 1, frame: { value: 1 }, skipped: 0 },
      ms: 0,
    });
  });

  it('answers at once when something is newer than what was seen', async () => {
    const { state, feed } = counting();
    await feed.next(0);
    await vi.advanceTimersByTimeAsync(100);
    state.value = 2;
    expect(await timed(feed.next(1))).toEqual({
      answer: { version: 2, frame: { value: 2 }, skipped: 0 },
      ms: 0,
    });
  });

  it('waits for something newer, and answers within a tenth of a second of it', async () => {
    const { state, feed } = counting();
    await feed.next(0);
    setTimeout(() => (state.value = 2), 350);
    const { answer, ms } = await timed(feed.next(1));
    expect(answer).toEqual({ version: 2, frame: { value: 2 }, skipped: 0 });
    expect(ms).toBeGreaterThanOrEqual(350);
    expect(ms).toBeLessThanOrEqual(450);
  });

  it('answers after a second with what was seen already, when nothing changes', async () => {
    const { state, feed } = counting();
    await feed.next(0);
    state.looks = 0;
    const { answer, ms } = await timed(feed.next(1));
    expect(answer).toEqual({ version: 1, frame: { value: 1 }, skipped: 0 });
    expect(ms).toBe(1_000);
    // Ten times a second, and once at the end.
    expect(state.looks).toBeLessThanOrEqual(11);
  });

  it('leaves out what nobody asked for in time, and says how much that was to whom it missed', async () => {
    const { state, feed } = counting();
    await feed.next(0);
    for (state.value = 2; state.value < 5; state.value += 1) await feed.next(0);
    state.value = 5;
    await vi.advanceTimersByTimeAsync(100);
    expect(await feed.next(1)).toEqual({ version: 5, frame: { value: 5 }, skipped: 3 });
    expect(await feed.next(0)).toMatchObject({ version: 5, skipped: 0 });
  });

  it('looks ten times a second, however often it is asked for what changes all the time', async () => {
    const { state, feed } = counting();
    const changing = setInterval(() => (state.value += 1), 1);
    const asking = async (): Promise<void> => {
      let after = 0;
      while (performance.now() < endMs) after = (await feed.next(after)).version;
    };
    const endMs = performance.now() + 1_000;
    const asked = Promise.all([asking(), asking()]);
    await vi.advanceTimersByTimeAsync(3_000);
    await asked;
    clearInterval(changing);
    expect(state.looks).toBeGreaterThan(8);
    expect(state.looks).toBeLessThan(14);
  });

  it('looks only when somebody asks', async () => {
    const { state } = counting();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(state.looks).toBe(0);
  });

  it('lets go of whoever gives up', async () => {
    const { feed } = counting();
    await feed.next(0);
    const gone = new AbortController();
    setTimeout(() => gone.abort(), 150);
    const { answer, ms } = await timed(feed.next(1, gone.signal));
    expect(answer).toMatchObject({ version: 1 });
    expect(ms).toBeLessThanOrEqual(250);
    expect((await timed(feed.next(1, AbortSignal.abort()))).ms).toBe(0);
  });

  it('answers one with a version from another life within a second, with what there is', async () => {
    const { feed } = counting();
    expect((await timed(feed.next(99))).answer).toEqual({ version: 1, frame: { value: 1 }, skipped: 0 });
  });
});
