// Reads tests/vectors/messages.json, the truth about rows and dead letters. For tests only.
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { deadLetterReason } from '../../../words/dead-letters.ts';
import { userColumns } from '../../../words/users.ts';

const repeat = z.object({ repeat: z.tuple([z.string(), z.string(), z.number().int(), z.string()]) });
const piece = z.union([z.string(), repeat]);
const stored = z.strictObject({
  name: z.string(),
  value: z.union([z.null(), piece, z.array(piece)]),
  row: z.record(z.enum(userColumns), z.union([z.string(), repeat])).optional(),
  reason: deadLetterReason.optional(),
  field: z.enum(userColumns).optional(),
});

/** One case, its bytes and texts spelled out. `expected` is what `decide` has to say of `value`. */
export interface Vector {
  name: string;
  value: Buffer | null;
  expected: { row: Record<string, string> } | { reason: string; field?: string };
}

function bytesOf(value: z.infer<typeof piece>): Buffer {
  if (typeof value === 'string') return Buffer.from(value, 'base64');
  const [prefix, unit, count, suffix] = value.repeat;
  const one = Buffer.from(unit, 'base64');
  const units = Buffer.alloc(one.length * count, one);
  return Buffer.concat([Buffer.from(prefix, 'base64'), units, Buffer.from(suffix, 'base64')]);
}

function expectedOf({ row, reason, field }: z.infer<typeof stored>): Vector['expected'] {
  if (row === undefined)
    return field === undefined ? { reason: reason ?? '' } : { reason: reason ?? '', field };
  const texts = Object.entries(row).map(([column, text]) => [
    column,
    typeof text === 'string' ? text : bytesOf(text).toString(),
  ]);
  return { row: Object.fromEntries(texts) };
}

/** Every case, in the file's order. */
export function readVectors(): Vector[] {
  const path = new URL('../../../tests/vectors/messages.json', import.meta.url);
  return z
    .array(stored)
    .parse(JSON.parse(readFileSync(path, 'utf8')))
    .map((one) => ({
      name: one.name,
      value:
        one.value === null
          ? null
          : Buffer.concat((Array.isArray(one.value) ? one.value : [one.value]).map(bytesOf)),
      expected: expectedOf(one),
    }));
}
