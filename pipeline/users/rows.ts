// The table's rows as a stream of pages in token order, with some parts of the ring on their way at any time.
import type { Database, Page } from '../cassandra/database.ts';
import { firstToken, lastToken, ringTokens } from '../cassandra/ring.ts';

/** Rows a page: larger ones are slower (at 5,000 a quarter of the speed was measured). */
const pageSize = 1_000;
/** Rows that a part of the ring should hold, so that most are one page. */
const partRows = 800;
/** Parts asked for at a time: one alone leaves the node waiting for us half of the time, more than three gain nothing. */
const partsMax = 3;
/** The first part's share of the ring, 1 / this: some 600 rows of a table of ten million. */
const firstShare = 16_384n;
/** How much wider the next part may be. */
const growthMax = 16;

type Rows = Page['rows'];

async function readPart(database: Database, from: bigint, until: bigint): Promise<Rows[]> {
  const part = { from: from.toString(), until: until.toString() };
  const pages: Rows[] = [];
  for (let page: string | undefined, isOver = false; !isOver; isOver = page === undefined) {
    const { rows, next } = await database.readUsers(pageSize, page, part);
    if (rows.length > 0) pages.push(rows);
    page = next;
  }
  return pages;
}

/**
 * Yields every row of the table in token order, a page at a time. Tokens are spread evenly: how many rows the last part
 * held says how wide the next one is, so memory holds few pages, however large the table.
 */
export async function* allUsers(database: Database): AsyncGenerator<Rows> {
  let place = firstToken;
  let width = ringTokens / firstShare;
  const coming: Promise<{ pages: Rows[]; width: bigint }>[] = [];
  const askOn = (): void => {
    while (coming.length < partsMax && place <= lastToken) {
      const asked = width;
      const until = place + asked > lastToken ? lastToken : place + asked - 1n;
      const part = readPart(database, place, until).then((pages) => ({ pages, width: asked }));
      // It may fail before its turn, or when nobody waits for it any more.
      part.catch(() => undefined);
      coming.push(part);
      place = until + 1n;
    }
  };
  askOn();
  for (let first = coming.shift(); first; first = coming.shift()) {
    const { pages, width: asked } = await first;
    const held = pages.reduce((sum, { length }) => sum + length, 0);
    const growth = Math.min(growthMax, partRows / Math.max(1, held));
    width = BigInt(Math.max(1, Math.round(Number(asked) * growth)));
    askOn();
    yield* pages;
  }
}
