// Runs every vector, the truth for all implementations, and looks for bytes that break the decision.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { deadLetterReason, deadLetterReasons } from '../../words/dead-letters.ts';
import { userColumns } from '../../words/users.ts';
import { decide, type Decision } from './decide.ts';

const repeat = z.object({ repeat: z.tuple([z.string(), z.string(), z.number().int(), z.string()]) });
const piece = z.union([z.string(), repeat]);
const vector = z.strictObject({
  name: z.string(),
  value: z.union([z.null(), piece, z.array(piece)]),
  row: z.record(z.enum(userColumns), z.union([z.string(), repeat])).optional(),
  reason: deadLetterReason.optional(),
  field: z.enum(userColumns).optional(),
});

const path = new URL('../../tests/vectors/messages.json', import.meta.url);
const vectors = z.array(vector).parse(JSON.parse(readFileSync(path, 'utf8')));

function bytesOf(value: z.infer<typeof piece>): Buffer {
  if (typeof value === 'string') return Buffer.from(value, 'base64');
  const [prefix, unit, count, suffix] = value.repeat;
  const one = Buffer.from(unit, 'base64');
  const units = Buffer.alloc(one.length * count, one);
  return Buffer.concat([Buffer.from(prefix, 'base64'), units, Buffer.from(suffix, 'base64')]);
}

function valueOf({ value }: z.infer<typeof vector>): Buffer | null {
  if (value === null) return null;
  return Buffer.concat((Array.isArray(value) ? value : [value]).map(bytesOf));
}

function expectedOf({ row, reason, field }: z.infer<typeof vector>) {
  if (row === undefined) return field === undefined ? { reason } : { reason, field };
  const texts = Object.entries(row).map(([column, text]) => [
    column,
    typeof text === 'string' ? text : bytesOf(text).toString(),
  ]);
  return { row: Object.fromEntries(texts) };
}

describe('decide', () => {
  it.each(vectors.map((one) => ({ ...one, one })))('$name', ({ one }) => {
    expect(decide(valueOf(one))).toStrictEqual(expectedOf(one));
  });

  it('has a vector for every reason but the one the table itself gives', () => {
    const shown = new Set(vectors.map(({ reason }) => reason).filter((reason) => reason !== undefined));
    expect(shown).toEqual(new Set(deadLetterReasons.filter((reason) => reason !== 'refused-by-table')));
  });

  it('gives exactly one of row and reason for any bytes, and never throws', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(keysOf(decide(Buffer.from(bytes)))).toHaveLength(1);
      }),
    );
  });

  it('gives exactly one of row and reason for any JSON, and never throws', () => {
    fc.assert(
      fc.property(fc.json(), (json) => {
        expect(keysOf(decide(Buffer.from(json)))).toHaveLength(1);
      }),
    );
  });

  it('takes any well-formed texts as they are, and refuses as ill-formed exactly the others', () => {
    const fields = Object.fromEntries(userColumns.map((column) => [column, fc.string({ unit: 'binary' })]));
    const record = fc.record({ ...fields, id: fc.uuid(), email: fc.constant('a@b.c') });
    fc.assert(
      fc.property(record, (user) => {
        expect(decide(Buffer.from(JSON.stringify(user)))).toEqual({ row: user });
      }),
    );
    const broken = fc.tuple(fc.constantFrom(...userColumns), fc.integer({ min: 0xd800, max: 0xdfff }));
    fc.assert(
      fc.property(record, broken, (user, [column, unit]) => {
        const value = JSON.stringify({ ...user, [column]: `x${String.fromCharCode(unit)}` });
        expect(decide(Buffer.from(value))).toEqual({ reason: 'ill-formed-text', field: column });
      }),
    );
  });

  it('does not take a field that only the prototype has', () => {
    const { email, ...rest } = Object.fromEntries(userColumns.map((column) => [column, 'a@b.c']));
    Object.defineProperty(Object.prototype, 'email', { value: email, configurable: true });
    try {
      expect(decide(Buffer.from(JSON.stringify(rest)))).toEqual({ reason: 'missing-field', field: 'email' });
    } finally {
      Reflect.deleteProperty(Object.prototype, 'email');
    }
  });
});

/** Which of the two outcomes a decision has. */
function keysOf(decision: Decision): string[] {
  return Object.keys(decision).filter((key) => key !== 'field');
}
