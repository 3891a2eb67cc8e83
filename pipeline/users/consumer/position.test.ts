// What a commit says, there and back; and what is known when it says nothing.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sumHolds } from '../../../words/runs.ts';
import { beginning, encodeMetadata, end, sumOf, toPosition, type Counters } from './position.ts';

const count = fc.nat({ max: 2 ** 53 - 1 });
const counters: fc.Arbitrary<Counters> = fc.record({
  origin: count,
  skipped: count,
  written: count,
  deadLetters: count,
});
const offset = fc.nat({ max: 1_000 });
const range = fc
  .record({ partition: fc.constant(0), low: offset, more: offset })
  .map(({ partition, low, more }) => ({
    partition,
    low,
    high: low + more,
  }));
const at = (offset: number, metadata: string) => ({ partition: 0, offset, metadata });

describe('the metadata of a commit', () => {
  it('comes back as it went, and fits what the broker takes', () => {
    fc.assert(
      fc.property(counters, count, range, (some, where, there) => {
        const metadata = encodeMetadata(some);
        expect(metadata.length).toBeLessThanOrEqual(4_096);
        expect(toPosition(at(where, metadata), there)).toEqual({ offset: where, counters: some });
      }),
    );
  });

  it.each([
    '',
    'null',
    '[]',
    '{}',
    '{"v":2,"origin":0,"skipped":0,"written":9,"deadLetters":0}',
    '{"v":1,"origin":0,"skipped":0,"written":9}',
    '{"v":1,"origin":0,"skipped":0,"written":-9,"deadLetters":0}',
    '{"v":1,"origin":0,"skipped":0,"written":0.5,"deadLetters":0}',
    '{"v":1,"origin":0,"skipped":0,"written":"9","deadLetters":0}',
    '{"v":1,"origin":0,',
  ])('is read as none where it is %j: all before the offset is skipped', (metadata) => {
    expect(toPosition(at(50, metadata), { partition: 0, low: 10, high: 80 })).toEqual({
      offset: 50,
      counters: { origin: 10, skipped: 40, written: 0, deadLetters: 0 },
    });
  });

  it('is read as none whatever another tool put there', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary-ascii' }), offset, range, (metadata, where, there) => {
        const { counters: known } = toPosition(at(where, metadata), there);
        expect(known).toMatchObject({ written: 0, deadLetters: 0, skipped: Math.max(0, where - there.low) });
      }),
    );
  });
});

describe('the sum', () => {
  it('holds wherever a group stands of which nothing but the offset is known', () => {
    fc.assert(
      fc.property(range, offset, (there, where) => {
        for (const position of [
          toPosition(undefined, there),
          toPosition(at(where, ''), there),
          beginning(there),
          end(there),
        ]) {
          expect(sumHolds(sumOf([there], new Map([[0, position]])))).toBe(true);
        }
      }),
    );
  });

  it('adds up the partitions, those without a position as waiting from their first offset', () => {
    const ranges = [
      { partition: 0, low: 0, high: 10 },
      { partition: 1, low: 5, high: 7 },
    ];
    const position = { offset: 9, counters: { origin: 0, skipped: 1, written: 6, deadLetters: 2 } };
    expect(sumOf(ranges, new Map([[0, position]]))).toEqual({
      inTopic: 12,
      skipped: 1,
      written: 6,
      deadLetters: 2,
      waiting: 3,
    });
  });

  it('believes the position where the range was read a moment before it', () => {
    const position = { offset: 12, counters: { origin: 0, skipped: 0, written: 12, deadLetters: 0 } };
    expect(sumOf([{ partition: 0, low: 0, high: 10 }], new Map([[0, position]]))).toMatchObject({
      inTopic: 12,
      waiting: 0,
    });
  });

  it('does not hold by construction: a counter that is one off breaks it', () => {
    fc.assert(
      fc.property(
        range,
        fc.constantFrom('skipped' as const, 'written' as const, 'deadLetters' as const),
        fc.constantFrom(-1, 1),
        (there, term, by) => {
          const position = end(there);
          const off = {
            ...position,
            counters: { ...position.counters, [term]: position.counters[term] + by },
          };
          expect(sumHolds(sumOf([there], new Map([[0, off]])))).toBe(false);
        },
      ),
    );
  });
});

describe('a start', () => {
  it('at the beginning has nothing counted, at the end everything skipped', () => {
    const there = { partition: 3, low: 10, high: 25 };
    expect(beginning(there)).toEqual({
      offset: 10,
      counters: { origin: 10, skipped: 0, written: 0, deadLetters: 0 },
    });
    expect(end(there)).toEqual({
      offset: 25,
      counters: { origin: 10, skipped: 15, written: 0, deadLetters: 0 },
    });
  });

  it('below what is left of the topic counts from where the group stood', () => {
    expect(toPosition(at(3, ''), { partition: 0, low: 10, high: 25 })).toEqual({
      offset: 3,
      counters: { origin: 3, skipped: 0, written: 0, deadLetters: 0 },
    });
  });
});
