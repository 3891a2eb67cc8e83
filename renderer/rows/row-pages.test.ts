// The pages of a table, over a ring of random tokens that answers as Cassandra does.
import { describe, expect, it } from 'vitest';
import { RiachoError } from '../../words/errors.ts';
import type { ReadRing } from './ring-reader.ts';
import { RowPages } from './row-pages.ts';

interface Ring {
  tokens: bigint[];
  read: ReadRing;
  asked: number;
  fault?: RiachoError | undefined;
}

/** A repeatable row of tokens, spread as a hash spreads them. */
function ringOf(count: number): Ring {
  let seed = 42n;
  const next = (): bigint => {
    seed = (seed * 6_364_136_223_846_793_005n + 1_442_695_040_888_963_407n) % 2n ** 64n;
    return (seed ^ (seed >> 33n)) - 2n ** 63n;
  };
  const tokens = Array.from({ length: count }, next).sort((a, b) => (a < b ? -1 : 1));
  const ring: Ring = {
    tokens,
    asked: 0,
    async read({ from, until, limit }) {
      ring.asked += 1;
      await Promise.resolve();
      if (ring.fault) throw ring.fault;
      const start = ring.tokens.findIndex((token) => token >= BigInt(from.token));
      const behind = start < 0 ? [] : ring.tokens.slice(start, start + limit);
      const found = until === undefined ? behind : behind.filter((token) => token <= BigInt(until));
      const last = found.at(-1);
      return {
        rows: found.map((token) => ({ id: String(token) })),
        ...(last !== undefined && { last: String(last) }),
        isEnd: start < 0 || (found.length < limit && found.length === behind.length),
      };
    },
  };
  return ring;
}

const viewRows = 20;

/** Shows a view as a screen does: follows where it is moved, and waits until nothing is missing. */
class Screen {
  readonly pages: RowPages;
  first = 0;

  constructor(ring: Ring, options: { pagesMax?: number } = {}) {
    this.pages = new RowPages(ring.read, {
      pageRows: 50,
      ...options,
      onMove: (by) => {
        this.first += by;
      },
    });
  }

  get #last(): number {
    return Math.min(this.first + viewRows, this.pages.total) - 1;
  }

  /** The rows shown at this position. */
  async at(first: number): Promise<string[]> {
    this.first = Math.max(0, Math.min(first, this.pages.total - viewRows));
    this.pages.show(this.first, this.#last);
    const deadline = Date.now() + 5_000;
    while (!this.pages.fault && (this.rows().includes('…') || this.rows().length === 0)) {
      if (Date.now() > deadline) throw new Error(`still missing at ${this.first}: ${this.rows().join()}`);
      await new Promise((resolve) => setImmediate(resolve));
      this.first = Math.max(0, Math.min(this.first, this.pages.total - viewRows));
      this.pages.show(this.first, this.#last);
    }
    return this.rows();
  }

  rows(): string[] {
    const count = Math.max(0, this.#last - this.first + 1);
    return Array.from({ length: count }, (_, index) => this.pages.rowAt(this.first + index)?.['id'] ?? '…');
  }
}

const ids = (tokens: readonly bigint[]): string[] => tokens.map(String);

/** Scrolls by less than a view until nothing more comes; every row seen, once, in the order of sight. */
async function walk(screen: Screen, by: number): Promise<string[]> {
  const seen = new Set<string>();
  for (let before = -1; before !== screen.first;) {
    before = screen.first;
    const rows = await screen.at(screen.first + by);
    for (const id of by > 0 ? rows : rows.toReversed()) seen.add(id);
  }
  return [...seen];
}

describe('the pages of a table', () => {
  it('walked from the first to the last bring every row, in order', async () => {
    const ring = ringOf(3_333);
    const screen = new Screen(ring);
    screen.pages.setTotal(3_333, true);
    const seen = [...(await screen.at(0)), ...(await walk(screen, 15))];
    expect([...new Set(seen)]).toEqual(ids(ring.tokens));
  });

  it('walked upwards from the last to the first bring every row', async () => {
    const ring = ringOf(2_000);
    const screen = new Screen(ring);
    screen.pages.setTotal(2_000, true);
    const seen = [...(await screen.at(2_000)).toReversed(), ...(await walk(screen, -15))];
    expect([...new Set(seen)]).toEqual(ids(ring.tokens).toReversed());
  });

  it.each([
    ['upwards', -13],
    ['downwards', 13],
  ])('walked %s from a jump to the end of the ring miss no row on the way', async (_name, by) => {
    const ring = ringOf(5_000);
    const screen = new Screen(ring);
    screen.pages.setTotal(5_000, true);
    const [landed = ''] = await screen.at(2_500);
    const seen = await walk(screen, by);
    const start = ids(ring.tokens).indexOf(landed);
    expect(start).toBeGreaterThan(2_200);
    const expected =
      by < 0 ? ids(ring.tokens).slice(0, start).toReversed() : ids(ring.tokens).slice(start + viewRows);
    expect(seen.filter((id) => expected.includes(id))).toEqual(expected);
    expect(screen.pages.total).toBe(5_000);
  });

  it('land near the share of the ring that was asked for', async () => {
    const ring = ringOf(20_000);
    const screen = new Screen(ring);
    screen.pages.setTotal(20_000, false);
    for (const wanted of [19_000, 400, 12_345]) {
      const [landed = ''] = await screen.at(wanted);
      expect(Math.abs(ids(ring.tokens).indexOf(landed) - wanted)).toBeLessThan(300);
    }
  });

  it('bring the same rows after a jump away and back', async () => {
    const ring = ringOf(20_000);
    const screen = new Screen(ring, { pagesMax: 5 });
    screen.pages.setTotal(20_000, true);
    await screen.at(7_000);
    await walk5(screen);
    const { first } = screen;
    const before = screen.rows();
    for (const away of [0, 19_999, 12_000, 3_000]) await screen.at(away);
    expect(await screen.at(first)).toEqual(before);
  });

  it('keep a bounded number in memory', async () => {
    const ring = ringOf(10_000);
    const screen = new Screen(ring, { pagesMax: 6 });
    screen.pages.setTotal(10_000, true);
    for (let first = 0; first < 10_000; first += 400) {
      await screen.at(first);
      expect(screen.pages.pagesInMemory).toBeLessThanOrEqual(6);
    }
  });

  it.each([
    ['too few', 700],
    ['too many', 1_900],
  ])('end where the ring ends when %s rows were expected', async (_name, told) => {
    const ring = ringOf(1_234);
    const screen = new Screen(ring);
    screen.pages.setTotal(told, false);
    const seen = [...(await screen.at(0)), ...(await walk(screen, 15))];
    expect([...new Set(seen)]).toEqual(ids(ring.tokens));
    expect(screen.pages.total).toBe(1_234);
    expect(screen.pages.isExact).toBe(true);
  });

  it('find their place when a jump lands in a table far smaller than was thought', async () => {
    const ring = ringOf(120);
    const screen = new Screen(ring);
    screen.pages.setTotal(5_000, false);
    await screen.at(2_500);
    const seen = [...(await walk(screen, -15)), ...(await walk(screen, 15))];
    expect([...new Set(seen)].sort()).toEqual(ids(ring.tokens).sort());
    expect(screen.pages.total).toBe(120);
  });

  it('tell counted positions from reckoned ones', async () => {
    const ring = ringOf(5_000);
    const screen = new Screen(ring);
    screen.pages.setTotal(5_000, true);
    await screen.at(0);
    await screen.at(2_500);
    expect([screen.pages.isPlaced(10), screen.pages.isPlaced(2_500)]).toEqual([true, false]);
  });

  it('are counted from the end, too, where their number is', async () => {
    const ring = ringOf(4_999);
    const screen = new Screen(ring);
    screen.pages.setTotal(4_999, false);
    await screen.at(4_980);
    const placed = () => [2_500, 4_860, 4_998].map((at) => screen.pages.isPlaced(at));
    expect(placed()).toEqual([false, false, false]);
    screen.pages.setTotal(4_999, true);
    for (const first of [4_950, 4_920, 4_890, 4_860]) await screen.at(first);
    await expect.poll(placed).toEqual([false, true, true]);
    await screen.at(2_500);
    expect(placed()).toEqual([false, true, true]);
    screen.pages.setTotal(5_001, false);
    expect(placed()).toEqual([false, false, false]);
  });

  it('take new rows at the end without moving what is shown', async () => {
    const ring = ringOf(300);
    const [...all] = ring.tokens;
    ring.tokens = all.slice(0, 130);
    const screen = new Screen(ring);
    screen.pages.setTotal(130, true);
    const before = await screen.at(110);
    ring.tokens = all;
    screen.pages.setTotal(300, true);
    expect(await screen.at(110)).toEqual(before);
    expect(await screen.at(299)).toEqual(ids(all.slice(-viewRows)));
  });

  it('show what has come in between after a refresh, from the same first page on', async () => {
    const ring = ringOf(1_000);
    const [...all] = ring.tokens;
    ring.tokens = all.filter((_, index) => index % 2 === 0);
    const screen = new Screen(ring);
    screen.pages.setTotal(500, true);
    await screen.at(0);
    ring.tokens = all;
    screen.pages.setTotal(1_000, true);
    screen.pages.refresh();
    await settled(screen, () => screen.rows()[1] === String(all[1]));
    expect(screen.rows()).toEqual(ids(all.slice(0, viewRows)));
  });

  it('say what keeps them from being read, and go on when it is gone', async () => {
    const ring = ringOf(500);
    ring.fault = new RiachoError('STACK_NOT_RUNNING');
    const screen = new Screen(ring);
    screen.pages.setTotal(500, true);
    await screen.at(0);
    expect(screen.pages.fault?.code).toBe('STACK_NOT_RUNNING');
    ring.fault = undefined;
    screen.pages.retry();
    expect(await screen.at(0)).toEqual(ids(ring.tokens.slice(0, viewRows)));
  });

  it('ask nothing again while everything shown is there', async () => {
    const ring = ringOf(5_000);
    const screen = new Screen(ring);
    screen.pages.setTotal(5_000, true);
    await screen.at(1_000);
    await settled(
      screen,
      () => screen.pages.rowAt(1_050) !== undefined && screen.pages.rowAt(999) !== undefined,
    );
    const { asked } = ring;
    await screen.at(1_005);
    expect(ring.asked).toBe(asked);
  });
});

async function walk5(screen: Screen): Promise<void> {
  for (let step = 0; step < 50; step += 1) await screen.at(screen.first + 15);
}

async function settled(screen: Screen, isThere: () => boolean): Promise<void> {
  const deadline = Date.now() + 5_000;
  while (!isThere()) {
    if (Date.now() > deadline) throw new Error(`not there: ${screen.rows().join()}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}
