import { expect, it } from 'vitest';
import { memoryOf } from './usage.ts';

it('counts memory as docker stats does: without what the system keeps of files', () => {
  expect(memoryOf({ usage: 100, stats: { total_inactive_file: 30, inactive_file: 10 } })).toBe(70);
  expect(memoryOf({ usage: 100, stats: { inactive_file: 10 } })).toBe(90);
  expect(memoryOf({ usage: 5, stats: { inactive_file: 10 } })).toBe(0);
  expect(memoryOf({})).toBe(0);
});
