// The size of a table: exact where it is small, else reckoned from samples, at any density.
import { describe, expect, it } from 'vitest';
import type { RingPart } from '../cassandra/database.ts';
import { firstToken, ringTokens } from '../cassandra/ring.ts';
import { sizeOfTable } from './table-size.ts';

/** A table whose rows have these tokens, ascending. */
function tableOf(tokens: readonly bigint[]) {
  const reads: RingPart[] = [];
  return {
    reads,
    async readTokens(part: RingPart): Promise<string[]> {
      reads.push(part);
      const from = tokens.findIndex((token) => token >= BigInt(part.from));
      return from < 0 ? [] : tokens.slice(from, from + part.limit).map(String);
    },
  };
}

/** Tokens as a hash spreads them, the same in each test run. */
function spread(count: number): bigint[] {
  let state = 20_261_122n;
  const tokens = Array.from({ length: count }, () => {
    state = (state * 6_364_136_223_846_793_005n + 1_442_695_040_888_963_407n) % ringTokens;
    return firstToken + state;
  });
  return tokens.sort((a, b) => (a < b ? -1 : 1));
}

describe('the size of a table', () => {
  it.each([0, 1, 1_999])('of %i rows is exact, after one read', async (count) => {
    const table = tableOf(spread(count));
    expect(await sizeOfTable(table)).toEqual({ rows: count, isExact: true });
    expect(table.reads).toHaveLength(1);
  });

  it.each([2_000, 7_000, 40_000, 200_000])('of %i rows is right within a tenth', async (count) => {
    const table = tableOf(spread(count));
    const { rows, isExact } = await sizeOfTable(table);
    expect(isExact).toBe(false);
    expect(Math.abs(rows / count - 1)).toBeLessThan(0.1);
    // However many rows there are, no more of them are read.
    expect(table.reads.reduce((sum, { limit }) => sum + limit, 0)).toBeLessThanOrEqual(6_000);
  });
});
