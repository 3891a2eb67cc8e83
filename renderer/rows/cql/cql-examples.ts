// Statements to begin with. Their names stand in the sentences.
import { usersKeyspace, usersTable } from '../../../words/users.ts';

const table = `${usersKeyspace}.${usersTable}`;

export const cqlExamples = {
  first: `SELECT * FROM ${table} LIMIT 20;`,
  byId: `SELECT first_name, last_name, email\n  FROM ${table}\n WHERE id = '…';`,
  token: `SELECT token(id), id, email\n  FROM ${table}\n LIMIT 20;`,
  written: `SELECT id, email, writetime(email)\n  FROM ${table}\n LIMIT 20;`,
  tables: 'SELECT keyspace_name, table_name\n  FROM system_schema.tables;',
  columns: `SELECT column_name, kind, type\n  FROM system_schema.columns\n WHERE keyspace_name = '${usersKeyspace}' AND table_name = '${usersTable}';`,
} as const;

export type CqlExample = keyof typeof cqlExamples;
