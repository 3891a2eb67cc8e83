import { expect, it } from 'vitest';
import { atMost, together } from './together.ts';

const never = new AbortController().signal;

it('ends the others when one fails, waits until they have ended, and says the first failure', async () => {
  const events: string[] = [];
  const outcome = together(never, (signal) => [
    new Promise((_, reject) => {
      signal.addEventListener('abort', () => {
        events.push('ended');
        reject(new Error('second'));
      });
    }),
    Promise.reject(new Error('first')),
  ]);
  await expect(outcome).rejects.toThrow('first');
  expect(events).toEqual(['ended']);
});

it('is done when all is', async () => {
  const events: number[] = [];
  await together(never, () => [1, 2].map(async (number) => events.push(number)));
  expect(events).toEqual([1, 2]);
});

it('works at no more than so many at a time, and at each once', async () => {
  const state = { now: 0, most: 0 };
  const seen: number[] = [];
  const items = [1, 2, 3, 4, 5, 6, 7];
  await Promise.all(
    atMost(3, items, async (item) => {
      state.now += 1;
      state.most = Math.max(state.most, state.now);
      await new Promise((resolve) => void setImmediate(resolve));
      seen.push(item);
      state.now -= 1;
    }),
  );
  expect(state).toEqual({ now: 0, most: 3 });
  expect(seen).toEqual(items);
  expect(atMost(3, [], async () => undefined)).toEqual([]);
});
