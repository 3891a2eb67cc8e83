// When loading a broken page anew is still worth it.
import { expect, it } from 'vitest';
import { Breakdowns } from './breakdowns.ts';

it('a page is loaded anew three times within a minute, then a person is asked, and the count begins again', () => {
  const breakdowns = new Breakdowns();
  const minute = 60_000;
  expect([0, 1, 2, 3, 4].map((atMs) => breakdowns.isAnother(atMs))).toEqual([true, true, true, false, true]);
  expect([minute, 2 * minute, 3 * minute, 4 * minute].map((atMs) => breakdowns.isAnother(atMs))).toEqual(
    Array(4).fill(true),
  );
});
