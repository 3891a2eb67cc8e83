// The table's rows as a stream of pages, one page ahead of whoever takes them.
import type { Database, Page } from '../cassandra/database.ts';

/** Rows a page: larger ones are slower (at 5,000 a quarter of the speed was measured). */
const pageSize = 1_000;

/** Yields every row of the table in token order, a page at a time; memory holds two pages at most. */
export async function* allUsers(database: Database): AsyncGenerator<Page['rows']> {
  let coming: Promise<Page> | undefined = database.readUsers(pageSize);
  try {
    while (coming) {
      const page: Page = await coming;
      coming = page.next === undefined ? undefined : database.readUsers(pageSize, page.next);
      yield page.rows;
    }
  } finally {
    // Whoever left the loop early does not hear of the page that was on its way.
    coming?.catch(() => undefined);
  }
}
