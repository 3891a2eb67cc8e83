// The ledgers of a whole run, over generations and rewinds: what was not committed is dropped, and counted when it
// comes again, so that the run's counts are always those of the offsets behind it.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Books } from './books.ts';
import type { Entry, Ledger } from './ledger.ts';
import { beginning, type Position } from './position.ts';

const partitions = [0, 1, 2];
const start = (): Map<number, Position> =>
  new Map(partitions.map((partition) => [partition, beginning({ partition, low: 10, high: 10 })]));

type Step =
  | { take: number }
  | { settle: number; as: 'written' | 'deadLetters' }
  | { commitAfter: number }
  | { again: 'rewind' | 'generation' };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ take: fc.constantFrom(...partitions) }) },
  {
    weight: 5,
    arbitrary: fc.record({
      settle: fc.nat({ max: 9 }),
      as: fc.constantFrom('written' as const, 'deadLetters' as const),
    }),
  },
  { weight: 2, arbitrary: fc.record({ commitAfter: fc.nat({ max: 200 }) }) },
  { weight: 1, arbitrary: fc.record({ again: fc.constantFrom('rewind' as const, 'generation' as const) }) },
);

/** Offsets accounted for since the run began, by what the broker would have. */
function progress(positions: ReadonlyMap<number, Position>): number {
  return [...positions.values()].reduce((total, { offset }) => total + offset - 10, 0);
}

/** A run on its way, and what an observer knows of it without asking it. */
interface Run {
  books: Books;
  /** What the broker keeps of the group. */
  committed: Map<number, Position>;
  open: { ledger: Ledger; entry: Entry }[];
  now: number;
}

function walk(run: Run, one: Step): void {
  const { books, committed, open } = run;
  run.now += 40;
  if ('take' in one) {
    const ledger = books.ledger(one.take);
    if (ledger) open.push({ ledger, entry: ledger.take(ledger.next) });
  } else if ('settle' in one) {
    const [taken] = open.splice(one.settle % Math.max(1, open.length), 1);
    taken?.ledger.settle(taken.entry, one.as, run.now);
  } else if ('commitAfter' in one) {
    for (const { ledger, position } of books.ripe(run.now - one.commitAfter)) {
      committed.set(ledger.partition, position);
      ledger.commit(position);
    }
  } else beginAgain(run, one.again);
}

function beginAgain(run: Run, how: 'rewind' | 'generation'): void {
  const { books, committed, open } = run;
  const old = partitions.map((partition) => books.ledger(partition));
  if (how === 'rewind') {
    const next = books.rewind().map((ledger) => [ledger.partition, ledger.next]);
    expect(next).toEqual([...committed].map(([partition, { offset }]) => [partition, offset]));
  } else {
    books.close();
    expect(books.isOpen).toBe(false);
    expect(countsOf(books)).toBe(progress(committed));
    books.open(committed);
  }
  for (const ledger of old) expect(ledger && books.isCurrent(ledger)).toBe(false);
  // Answers to what was sent before still come; they change nothing any more.
  for (const { ledger, entry } of open.splice(0)) ledger.settle(entry, 'written', run.now);
}

function countsOf(books: Books): number {
  const { written, deadLetters, skipped } = books.counts();
  return written + deadLetters + skipped;
}

describe('the books', () => {
  it('count each offset once, over any generations and rewinds', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 150, size: 'max' }), (steps) => {
        const run: Run = { books: new Books(), committed: start(), open: [], now: 0 };
        run.books.open(start());
        for (const one of steps) {
          walk(run, one);
          expect(countsOf(run.books)).toBe(progress(run.books.positions()));
        }
      }),
      { numRuns: 100 },
    );
  });

  it('say what waits, and never less for an old answer of the broker', () => {
    const books = new Books();
    expect(books.waiting()).toBe(0);
    books.open(start());
    books.sawRanges([
      { partition: 0, low: 10, high: 15 },
      { partition: 1, low: 0, high: 4 },
      { partition: 9, low: 0, high: 100 },
    ]);
    books.sawHigh(0, 12);
    expect(books.waiting()).toBe(5);
    books.ledger(0)?.skipTo(13, 0);
    expect(books.waiting()).toBe(1);
  });

  it('count what a commit made safe that arrived after its generation had ended', () => {
    const books = new Books();
    books.open(start());
    books.ledger(1)?.skipTo(14, 0);
    const ripe = books.ripe(0);
    books.close();
    expect(countsOf(books)).toBe(0);
    for (const { ledger, position } of ripe) ledger.commit(position);
    expect(countsOf(books)).toBe(5);
  });

  it('are behind until what is acknowledged is committed', () => {
    const books = new Books();
    books.open(start());
    expect(books.isBehind).toBe(false);
    books.ledger(2)?.skipTo(10, 0);
    expect(books.isBehind).toBe(true);
    for (const { ledger, position } of books.ripe(0)) ledger.commit(position);
    expect(books.isBehind).toBe(false);
    expect(books.ripe(0)).toEqual([]);
  });
});
