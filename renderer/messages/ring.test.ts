// The ring against a plain list that never forgets.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Ring } from './ring.ts';

describe('a ring', () => {
  it('holds the newest entries in order, whatever came before', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }),
        fc.array(fc.array(fc.nat(), { maxLength: 20 })),
        (capacity, pushes) => {
          const ring = new Ring<number>(capacity);
          const all: number[] = [];
          for (const push of pushes) {
            ring.push(push);
            all.push(...push);
            expect([...ring]).toEqual(all.slice(-capacity));
            expect(ring.length).toBe(Math.min(all.length, capacity));
          }
        },
      ),
    );
  });

  it('keeps the number of an entry while others come and go', () => {
    const ring = new Ring<string>(3);
    ring.push(['a', 'b', 'c']);
    expect(ring.at(2)).toBe('c');
    ring.push(['d', 'e']);
    expect(ring.at(2)).toBe('c');
    expect([ring.first, ring.end]).toEqual([2, 5]);
  });

  it('has nothing under the number of what was forgotten or has not come', () => {
    const ring = new Ring<string>(2);
    ring.push(['a', 'b', 'c']);
    expect([ring.at(0), ring.at(3), ring.at(-1)]).toEqual([undefined, undefined, undefined]);
  });

  it('says how many entries it forgot for new ones', () => {
    const ring = new Ring<number>(4);
    expect([ring.push([1, 2, 3]), ring.push([4, 5]), ring.push([6, 7, 8, 9, 10, 11])]).toEqual([0, 1, 6]);
  });

  it('is empty when cleared, and numbers go on', () => {
    const ring = new Ring<string>(2);
    ring.push(['a', 'b', 'c']);
    ring.clear();
    expect([...ring]).toEqual([]);
    ring.push(['d']);
    expect([ring.first, ring.at(3)]).toEqual([3, 'd']);
  });
});
