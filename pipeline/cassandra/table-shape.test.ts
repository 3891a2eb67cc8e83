// The table's shape: the lab's own is no difference, and every other is named column by column.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { userColumns } from '../../words/users.ts';
import { usersTableDifference, type ColumnShape } from './table-shape.ts';

const own: ColumnShape[] = userColumns.map((name) => ({
  name,
  type: 'text',
  kind: name === 'id' ? 'partition_key' : 'regular',
}));

/** The lab's own shape with some columns changed; undefined takes one away. */
function changed(changes: Readonly<Record<string, Partial<ColumnShape> | undefined>>): ColumnShape[] {
  return own.flatMap((column) =>
    column.name in changes
      ? changes[column.name] === undefined
        ? []
        : [{ ...column, ...changes[column.name] }]
      : [column],
  );
}

describe('the difference of a table', () => {
  it('is none for the lab’s own columns, in whatever order they come', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(own, { minLength: own.length }), (columns) => {
        expect(usersTableDifference(columns)).toBe('');
      }),
    );
  });

  it.each([
    ['another type', changed({ post_code: { type: 'int' } }), 'post_code: int ≠ text'],
    ['a column too few', changed({ picture: undefined }), 'picture: – ≠ text'],
    ['no key', changed({ id: { kind: 'regular' } }), 'id: text ≠ text partition_key'],
    [
      'another key',
      changed({ id: { kind: 'regular' }, email: { kind: 'partition_key' } }),
      'id: text ≠ text partition_key, email: text partition_key ≠ text',
    ],
    ['a second key', changed({ dob: { kind: 'clustering' } }), 'dob: text clustering ≠ text'],
    ['a shared column', changed({ gender: { kind: 'static' } }), 'gender: text static ≠ text'],
    [
      'columns too many, by name',
      [...own, { name: 'z', type: 'int', kind: 'regular' }, { name: 'a', type: 'uuid', kind: 'regular' }],
      'a: uuid ≠ –, z: int ≠ –',
    ],
  ])('names %s', (_name, columns, difference) => {
    expect(usersTableDifference(columns)).toBe(difference);
  });

  it('names each of the columns of a table that is quite another', () => {
    const difference = usersTableDifference([{ name: 'n', type: 'int', kind: 'partition_key' }]);
    expect(difference.split(', ')).toHaveLength(userColumns.length + 1);
  });

  it('names exactly the columns that were changed', () => {
    const other = fc.record({ type: fc.constantFrom('int', 'uuid', 'blob') });
    const changes = fc.dictionary(
      fc.constantFrom<string>(...userColumns),
      fc.option(other, { nil: undefined }),
    );
    fc.assert(
      fc.property(changes, (some) => {
        const parts = usersTableDifference(changed(some)).split(', ');
        const named = parts.filter((part) => part !== '').map((part) => part.split(':')[0]);
        expect(new Set(named)).toEqual(new Set(Object.keys(some)));
        expect(named).toHaveLength(Object.keys(some).length);
      }),
    );
  });
});
