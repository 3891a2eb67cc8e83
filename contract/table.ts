// The part of the contract about the table: rows, CQL, the export.
import { z } from 'zod';
import { exportFrame, tablePage } from '../words/messages.ts';
import { userColumns } from '../words/users.ts';
import { after, filePath, framed, limit, procedure } from './procedure.ts';

/** What an export of any table is asked. */
export const csvForm = z.object({
  file: filePath,
  separator: z.string().length(1).default(','),
  bom: z.boolean().default(false),
  raw: z.boolean().default(false),
});

export const exportInput = csvForm.extend({ columns: z.array(z.enum(userColumns)).min(1).optional() });
export type ExportInput = z.input<typeof exportInput>;

/** A place on Cassandra's token ring, −2^63 … 2^63−1, in decimal digits. */
const token = z.string().regex(/^-?\d{1,19}$/);

export const tableContract = {
  rows: {
    read: procedure
      .input(z.object({ limit: limit.default(20), page: z.string().optional() }))
      .output(tablePage),
    /**
     * Rows in token order from a place on the ring: a token, or a share of the ring (0 its beginning). `until` is
     * the last token wanted. `first` and `last` are the tokens of the first and the last row; absent without rows.
     */
    window: procedure
      .input(
        z.object({
          from: z.union([z.object({ token }), z.object({ fraction: z.number().min(0).max(1) })]),
          until: token.optional(),
          limit: limit.default(100),
        }),
      )
      .output(
        z.object({
          rows: tablePage.shape.rows,
          first: token.optional(),
          last: token.optional(),
          /** Whether the ring ends behind these rows. */
          isEnd: z.boolean(),
        }),
      ),
    find: procedure.input(z.object({ id: z.string() })).output(tablePage),
    /** How many there are, quickly: counted where they are few, else reckoned from samples of the ring. */
    size: procedure.output(z.object({ rows: z.number().int(), isExact: z.boolean() })),
    count: procedure.output(z.number().int()),
  },
  cql: {
    /** A statement that drops, truncates or deletes is `CQL_DESTRUCTIVE` unless `isConfirmed`. */
    execute: procedure
      .input(
        z.object({
          statement: z.string().min(1).max(100_000),
          limit: limit.default(100),
          isConfirmed: z.boolean().default(false),
        }),
      )
      .output(tablePage),
  },
  export: {
    start: procedure.input(exportInput).output(z.void()),
    next: procedure.input(after).output(framed(exportFrame)),
    cancel: procedure.output(z.void()),
  },
};
