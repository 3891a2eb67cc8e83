// The books of one partition: whatever the order in which messages are settled, nothing is counted twice, nothing
// is passed over, and nothing ripens before its time.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sumHolds, type TopicSum } from '../../../words/runs.ts';
import { addToCounters, Ledger, type Entry, type Tally, type Term } from './ledger.ts';
import { beginning, sumOf, type Position } from './position.ts';

const terms = ['skipped', 'written', 'deadLetters'] as const;

/** What is done to a ledger next, `ms` after what was done before. */
type Step = { ms: number } & (
  | { take: number }
  | { skip: number }
  | { settle: number; as: Term }
  | { commitOlderThan: number }
);

const ms = fc.nat({ max: 120 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ ms, take: fc.constantFrom(0, 0, 0, 1, 5) }) },
  { weight: 4, arbitrary: fc.record({ ms, settle: fc.nat({ max: 9 }), as: fc.constantFrom(...terms) }) },
  { weight: 1, arbitrary: fc.record({ ms, skip: fc.integer({ min: -2, max: 5 }) }) },
  { weight: 1, arbitrary: fc.record({ ms, commitOlderThan: fc.nat({ max: 300 }) }) },
);
const steps = fc.array(step, { maxLength: 120, size: 'max' });
const origin = fc.constantFrom(0, 7, 1_000_000);

/** A ledger on its way, and what an observer knows of it without asking it. */
interface Walk {
  ledger: Ledger;
  now: number;
  open: Entry[];
  /** When everything below this offset was settled, by offset. */
  passedAt: Map<number, number>;
}

function begin(start: number, tally: Tally = addToCounters): Walk {
  const ledger = new Ledger(0, beginning({ partition: 0, low: start, high: start }), tally);
  return { ledger, now: 0, open: [], passedAt: new Map() };
}

function walk(state: Walk, one: Step): void {
  const { ledger, open, passedAt } = state;
  state.now += one.ms;
  const before = ledger.acknowledged.offset;
  if ('take' in one) open.push(ledger.take(ledger.next + one.take));
  else if ('skip' in one) ledger.skipTo(ledger.next + one.skip, state.now);
  else if ('commitOlderThan' in one) {
    const position = ledger.ripe(state.now - one.commitOlderThan);
    if (position) ledger.commit(position);
  } else {
    const [entry] = open.splice(one.settle % Math.max(1, open.length), 1);
    if (entry) ledger.settle(entry, one.as, state.now);
  }
  for (let offset = before; offset < ledger.acknowledged.offset; offset += 1) passedAt.set(offset, state.now);
}

function sum({ ledger }: Walk, high: number, position: Position = ledger.acknowledged): TopicSum {
  return sumOf([{ partition: 0, low: 0, high }], new Map([[0, position]]));
}

/** Settles everything that is still open, the last first. */
function finish(state: Walk): void {
  while (state.open.length > 0) walk(state, { ms: 1, settle: state.open.length - 1, as: 'written' });
}

describe('a ledger', () => {
  it('keeps the sum and never passes an open entry, whatever is settled in whatever order', () => {
    fc.assert(
      fc.property(origin, steps, fc.nat({ max: 50 }), (start, way, behind) => {
        const state = begin(start);
        for (const one of way) {
          const before = state.ledger.acknowledged.offset;
          walk(state, one);
          const { acknowledged, committed, next, isBehind } = state.ledger;
          expect(acknowledged.offset).toBeGreaterThanOrEqual(before);
          expect(committed.offset).toBeLessThanOrEqual(acknowledged.offset);
          expect(isBehind).toBe(committed.offset < acknowledged.offset);
          const [first] = state.open;
          // What stands before an open entry and was never seen is counted with it, not before.
          expect(acknowledged.offset).toBe(first === undefined ? next : first.offset - first.gap);
          for (const position of [acknowledged, committed]) {
            expect(sumHolds(sum(state, next + behind, position))).toBe(true);
            expect(position.counters.origin).toBe(start);
          }
        }
        finish(state);
        expect(state.ledger.acknowledged.offset).toBe(state.ledger.next);
      }),
      { numRuns: 100 },
    );
  });

  it('never lets a position ripen that holds a younger acknowledgement, and none ripens much too late', () => {
    fc.assert(
      fc.property(steps, fc.nat({ max: 400 }), (way, age) => {
        const state = begin(0);
        for (const one of way) {
          walk(state, one);
          const before = state.now - age;
          const ripe = state.ledger.ripe(before);
          const from = state.ledger.committed.offset;
          const passed = (low: number, high: number) =>
            [...state.passedAt].filter(([offset]) => offset >= low && offset < high).map(([, at]) => at);
          const ripeTo = ripe?.offset ?? from;
          expect(Math.max(-Infinity, ...passed(from, ripeTo))).toBeLessThanOrEqual(before);
          // Positions are kept every 50 ms: what is older than that by so much is ripe.
          expect(Math.min(Infinity, ...passed(ripeTo, Infinity))).toBeGreaterThan(before - 50);
          expect(sumHolds(sum(state, ripeTo, ripe ?? state.ledger.committed))).toBe(true);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('has nothing ripe that is committed already', () => {
    fc.assert(
      fc.property(steps, (way) => {
        const state = begin(0);
        for (const one of way) walk(state, one);
        const newest = state.ledger.ripe(state.now);
        if (newest) state.ledger.commit(newest);
        expect(state.ledger.ripe(Infinity)).toBe(undefined);
        expect(state.ledger.isBehind).toBe(false);
      }),
    );
  });

  it.each(terms)('breaks the sum when a single increment of %s is dropped', (dropped) => {
    fc.assert(
      fc.property(steps, fc.nat({ max: 20 }), (way, nth) => {
        let seen = 0;
        const state = begin(0, (counters, term, count) => {
          const isDropped = term === dropped && seen++ === nth;
          counters[term] += isDropped ? count - 1 : count;
        });
        for (const one of way) walk(state, one);
        finish(state);
        expect(sumHolds(sum(state, state.ledger.next + 3))).toBe(seen <= nth);
      }),
      { numRuns: 100 },
    );
  });

  it('counts what it skips, a gap in front of a message included, once', () => {
    const state = begin(10);
    const { ledger } = state;
    expect(ledger.skipTo(12, 0)).toBe(3);
    expect(ledger.skipTo(11, 0)).toBe(0);
    ledger.settle(ledger.take(20), 'written', 0);
    expect(ledger.acknowledged).toEqual({
      offset: 21,
      counters: { origin: 10, skipped: 10, written: 1, deadLetters: 0 },
    });
  });

  it('forgets what went through, and nothing that is open', () => {
    const { ledger } = begin(0);
    const open = Array.from({ length: 256 }, (_, offset) => ledger.take(offset));
    for (let offset = 256; offset < 10_000; offset += 1) {
      const oldest = open.shift();
      if (oldest) ledger.settle(oldest, 'written', offset);
      open.push(ledger.take(offset));
    }
    for (const entry of open) ledger.settle(entry, 'written', 10_000);
    expect(ledger.acknowledged).toMatchObject({ offset: 10_000, counters: { written: 10_000 } });
    expect(ledger.ripe(10_000)?.offset).toBe(10_000);
  });
});
