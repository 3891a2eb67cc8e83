// A table that is read by offset: what is shown comes, little is kept, and what changed is read anew.
import { expect, it, vi } from 'vitest';
import { RiachoError } from '../../../words/errors.ts';
import { OffsetPages } from './offset-pages.ts';

function table(count: number) {
  const state = { count, fault: undefined as Error | undefined, asked: [] as number[] };
  const pages = new OffsetPages<number>(async ({ offset, limit }) => {
    state.asked.push(offset);
    if (state.fault) throw state.fault;
    const length = Math.max(0, Math.min(limit, state.count - offset));
    return { rows: Array.from({ length }, (_, index) => state.count - offset - index), total: state.count };
  });
  return { state, pages };
}
const until = (check: () => void) => vi.waitFor(check, { interval: 1 });

it('brings what is shown, wherever that is, and keeps few pages', async () => {
  const { state, pages } = table(100_000);
  for (let first = 0; first < 100_000; first += 2_500) {
    pages.show(first, first + 30);
    await until(() => expect(pages.rowAt(first + 30)).toBe(100_000 - first - 30));
  }
  expect(pages.total).toBe(100_000);
  expect(pages.pagesInMemory).toBeLessThanOrEqual(20);
  expect(state.asked.length).toBeLessThan(100);
});

it('shows what came since, and what was there until then', async () => {
  const { state, pages } = table(10);
  pages.show(0, 9);
  await until(() => expect(pages.rowAt(0)).toBe(10));
  state.count = 17;
  pages.refresh();
  expect(pages.rowAt(0)).toBe(10);
  await until(() => expect([pages.total, pages.rowAt(0)]).toEqual([17, 17]));
});

it('is empty where nothing is, and says so', async () => {
  const { pages } = table(0);
  pages.show(0, 10);
  await until(() => expect(pages.total).toBe(0));
});

it('rests at a fault, and goes on when it is told to', async () => {
  const { state, pages } = table(10);
  state.fault = new RiachoError('DATABASE_LOCKED', { path: 'x' });
  pages.show(0, 9);
  await until(() => expect(pages.fault?.code).toBe('DATABASE_LOCKED'));
  pages.show(0, 5);
  expect(state.asked).toEqual([0]);
  state.fault = undefined;
  pages.refresh();
  await until(() => expect([pages.fault, pages.rowAt(9)]).toEqual([undefined, 1]));
});
