// Runs every vector, the truth for all implementations, and looks for bytes that break the decision.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deadLetterReasons } from '../../words/dead-letters.ts';
import { userColumns } from '../../words/users.ts';
import { decide, type Decision } from './decide.ts';
import { readVectors } from './testing/vectors.ts';

const vectors = readVectors();

describe('decide', () => {
  it.each(vectors)('$name', ({ value, expected }) => {
    expect(decide(value)).toStrictEqual(expected);
  });

  it('has a vector for every reason but the one the table itself gives', () => {
    const shown = new Set(vectors.flatMap(({ expected }) => ('reason' in expected ? [expected.reason] : [])));
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
