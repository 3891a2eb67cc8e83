// The guard on statements that remove data: fooled neither by comments, letter case or quotes, nor by harmless words.
import { describe, expect, it } from 'vitest';
import { isDestructive } from './cql.ts';

describe('a statement that removes data', () => {
  it.each([
    'DROP TABLE t',
    'drop keyspace k',
    'TrUnCaTe t',
    'DELETE FROM t WHERE id = 1',
    '-- just a look\nDELETE email FROM t WHERE id = 1',
    '/* SELECT */ DROP TABLE t',
    "/* ' */ DROP TABLE t -- '",
    "SELECT '/*' FROM t; DROP TABLE t",
    "// '\nTRUNCATE t",
    'ALTER TABLE t DROP c',
    "BEGIN BATCH INSERT INTO t (a) VALUES ('x') DELETE FROM t WHERE a = 'y' APPLY BATCH",
    'drop\ttable\nt',
    '(DELETE FROM t)',
  ])('is noticed: %s', (statement) => {
    expect(isDestructive(statement)).toBe(true);
  });

  it.each([
    'SELECT * FROM t',
    "SELECT * FROM t WHERE a = 'DROP TABLE t'",
    "INSERT INTO t (a) VALUES ('it''s; DELETE')",
    'INSERT INTO t (a) VALUES ($$TRUNCATE t$$)',
    'SELECT "drop" FROM t',
    'SELECT dropped, deleted_at FROM t -- DELETE',
    '/* DROP */ SELECT 1',
    'ALTER TABLE t ADD c text',
  ])('is not seen where there is none: %s', (statement) => {
    expect(isDestructive(statement)).toBe(false);
  });
});
