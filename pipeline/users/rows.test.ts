// All rows of a ring, whatever its density: each once, in order, few at a time.
import { expect, it } from 'vitest';
import type { Database, Page } from '../cassandra/database.ts';
import { tokenAt } from '../cassandra/ring.ts';
import { allUsers } from './rows.ts';

/** A table whose rows stand at these tokens, and what was asked of it. */
function ringOf(tokens: readonly bigint[]) {
  const seen = { asked: 0, atOnce: 0, most: 0 };
  const readUsers: Database['readUsers'] = async (size, page = '0', part) => {
    seen.asked += 1;
    seen.atOnce += 1;
    seen.most = Math.max(seen.most, seen.atOnce);
    await new Promise((resolve) => setTimeout(resolve, seen.asked % 3));
    seen.atOnce -= 1;
    const [from, until] = [BigInt(part?.from ?? 0), BigInt(part?.until ?? 0)];
    const there = tokens.filter((token) => token >= from && token <= until);
    const end = Number(page) + size;
    const rows = there.slice(Number(page), end).map((token) => ({ id: token.toString() }));
    return { columns: ['id'], rows, ...(end < there.length && { next: String(end) }) };
  };
  return { seen, database: { readUsers } as Database };
}

async function idsOf(database: Database): Promise<(string | null | undefined)[]> {
  const pages: Page['rows'][] = [];
  for await (const page of allUsers(database)) pages.push(page);
  expect(pages.every(({ length }) => length > 0 && length <= 1_000)).toBe(true);
  return pages.flatMap((page) => page.map(({ id }) => id));
}

const even = (count: number): bigint[] =>
  Array.from({ length: count }, (_, index) => BigInt(tokenAt(index / Math.max(1, count - 1))));

it.each([0, 1, 2, 700, 5_000, 30_000])('%i rows spread over the ring', async (count) => {
  const tokens = even(count);
  const { seen, database } = ringOf(tokens);
  expect(await idsOf(database)).toEqual(tokens.map(String));
  expect(seen.most).toBeLessThanOrEqual(3);
  expect(seen.asked).toBeLessThan(30 + count / 300);
});

it('rows that all stand close together, as they never do', async () => {
  const from = BigInt(tokenAt(0.3));
  const tokens = Array.from({ length: 4_000 }, (_, index) => from + BigInt(index));
  expect(await idsOf(ringOf(tokens).database)).toEqual(tokens.map(String));
});

it('tells of a part that failed when its turn comes, and of nothing after that', async () => {
  const { database } = ringOf(even(5_000));
  const failing = {
    readUsers: async (...asked: Parameters<Database['readUsers']>) => {
      if (BigInt(asked[2]?.from ?? 0) > 0n) throw new Error('away');
      return database.readUsers(...asked);
    },
  } as Database;
  await expect(idsOf(failing)).rejects.toThrow('away');
});
