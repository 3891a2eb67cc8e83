// How many rows the table has, without reading it: counted where they are few, else reckoned from how densely they
// stand at some places of the token ring.
import type { Database } from '../cassandra/database.ts';
import { firstToken, lastToken, ringTokens, tokenAt } from '../cassandra/ring.ts';

export interface TableSize {
  rows: number;
  isExact: boolean;
}

/** Up to so many rows are counted, in one read. */
const countedRows = 2_000;
/** Ids are hashed, so rows stand evenly: 4,000 of them tell the density to some 2 %. */
const samples = 8;
const sampleRows = 500;

/** Rejects as every reading of the table does. */
export async function sizeOfTable(database: Pick<Database, 'readTokens'>): Promise<TableSize> {
  const first = await database.readTokens({ from: firstToken.toString(), limit: countedRows });
  if (first.length < countedRows) return { rows: first.length, isExact: true };
  const places = Array.from({ length: samples }, (_, index) => tokenAt(index / samples));
  const densities = await Promise.all(
    places.map(async (from) => {
      const tokens = await database.readTokens({ from, limit: sampleRows });
      // Where the ring ends before the sample does, all of the rest was looked at.
      const until = tokens.length < sampleRows ? lastToken : BigInt(tokens.at(-1) ?? from);
      return { rows: tokens.length, width: Number(until - BigInt(from) + 1n) };
    }),
  );
  const rows = densities.reduce((sum, density) => sum + density.rows, 0);
  const width = densities.reduce((sum, density) => sum + density.width, 0);
  return { rows: Math.round((rows / width) * Number(ringTokens)), isExact: false };
}
