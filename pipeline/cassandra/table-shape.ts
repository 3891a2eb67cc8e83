// Compares a table's columns with those of the `users` lab. Pure: the caller reads the schema.
import { userColumns } from '../../words/users.ts';

export interface ColumnShape {
  name: string;
  /** The CQL type, as system_schema says it. */
  type: string;
  /** `partition_key`, `clustering`, `regular` or `static`. */
  kind: string;
}

/**
 * What is different, in a form that needs no translation (`post_code: int ≠ text`, `picture: – ≠ text`),
 * or `''` for the lab's own shape: 12 text columns, `id` alone the key.
 */
export function usersTableDifference(found: readonly ColumnShape[]): string {
  const shapes = new Map(
    found.map(({ name, type, kind }) => [name, kind === 'regular' ? type : `${type} ${kind}`]),
  );
  const wanted = new Map<string, string>(
    userColumns.map((name) => [name, name === 'id' ? 'text partition_key' : 'text']),
  );
  const names = [...wanted.keys(), ...[...shapes.keys()].filter((name) => !wanted.has(name)).sort()];
  return names
    .filter((name) => shapes.get(name) !== wanted.get(name))
    .map((name) => `${name}: ${shapes.get(name) ?? '–'} ≠ ${wanted.get(name) ?? '–'}`)
    .join(', ');
}
