// Holds the dice to their bounds and to their seed.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createDice } from './seeded-dice.ts';

it('throws the same for the same seed, also beyond 32 bits, and other things for near seeds', () => {
  const throwsOf = (seed: number) => {
    const dice = createDice(seed);
    return Array.from({ length: 20 }, () => dice.int(0, 2 ** 32)).join(' ');
  };
  const seeds = [0, 1, 2, -1, 2 ** 32, 2 ** 32 + 1, 2 ** 50];
  expect(new Set(seeds.map(throwsOf)).size).toBe(seeds.length);
  expect(seeds.map(throwsOf)).toEqual(seeds.map(throwsOf));
});

it('stays within its bounds, and reaches both', () => {
  fc.assert(
    fc.property(
      fc.integer(),
      fc.integer({ min: -5, max: 5 }),
      fc.integer({ min: 0, max: 3 }),
      (seed, min, more) => {
        const dice = createDice(seed);
        const seen = new Set(Array.from({ length: 200 }, () => dice.int(min, min + more)));
        expect([...seen].toSorted((a, b) => a - b)).toEqual(
          Array.from({ length: more + 1 }, (_, i) => min + i),
        );
      },
    ),
  );
});

it('fills a pattern and leaves its other signs', () => {
  expect(createDice(1).fill('(##) ?#-x')).toMatch(/^\(\d\d\) [A-Z]\d-x$/);
});

it('refuses to pick from nothing', () => {
  expect(() => createDice(1).pick([])).toThrow(RangeError);
});
