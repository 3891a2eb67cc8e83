// The table as tests compare it: every cell of every row, whoever wrote it.
import type { Database } from '../../pipeline/cassandra/database.ts';
import { allUsers } from '../../pipeline/users/rows.ts';

/** Every row by its id, its cells in one order. */
export async function rowsById(database: Database): Promise<Map<string, string>> {
  const all = new Map<string, string>();
  for await (const rows of allUsers(database)) for (const row of rows) all.set(row['id'] ?? '', rowText(row));
  return all;
}

/** A row's cells in one order. */
export function rowText(row: Readonly<Record<string, string | null>>): string {
  return JSON.stringify(Object.entries(row).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
