import { expect, it } from 'vitest';
import { Turns } from './turns.ts';

function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error('any')));
  });
}

it('gives one turn at a time', async () => {
  const turns = new Turns();
  const { promise, resolve } = Promise.withResolvers<string>();
  const first = turns.take(() => promise);
  expect(turns.isTaken).toBe(true);
  await expect(turns.take(async () => 'second')).rejects.toThrow('STACK_BUSY');
  resolve('first');
  expect(await first).toBe('first');
  expect(await turns.take(async () => 'second')).toBe('second');
  expect(turns.isTaken).toBe(false);
});

it('cancels a turn by its own signal or from outside, whatever it fails with then', async () => {
  const turns = new Turns();
  const leaving = new AbortController();
  const first = turns.take(untilAborted, leaving.signal);
  leaving.abort();
  await expect(first).rejects.toThrow('CANCELLED');
  const second = turns.take(untilAborted).catch(String);
  await turns.interrupt();
  expect(turns.isTaken).toBe(false);
  expect(await second).toContain('CANCELLED');
  await expect(turns.take(async () => 'never', AbortSignal.abort())).rejects.toThrow('CANCELLED');
  await turns.interrupt();
});
