// The record's schema against the vectors: what it lets through becomes a row, but for what no JSON Schema can say.
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readVectors } from '../users/testing/vectors.ts';
import { usersSchema } from './users-schema.ts';

/** `undefined` where it is no JSON. */
function parsed(value: Buffer | null): unknown {
  try {
    const json: unknown = JSON.parse(
      new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(value ?? Buffer.of(0xff)),
    );
    return json;
  } catch {
    return undefined;
  }
}

describe('the schema of a record', () => {
  const document = z.record(z.string(), z.unknown()).parse(JSON.parse(usersSchema));
  const schema = z.fromJSONSchema(document);
  const cases = readVectors().flatMap(({ value, ...rest }) => {
    const json = parsed(value);
    return json === undefined ? [] : [{ ...rest, json }];
  });

  it('takes every message that becomes a row', () => {
    const rows = cases.filter(({ expected }) => 'row' in expected);
    expect(rows.length).toBeGreaterThan(50);
    expect(rows.filter(({ json }) => !schema.safeParse(json).success)).toEqual([]);
  });

  it('refuses every other, but for half characters and the bytes of an id', () => {
    const taken = cases.flatMap(({ expected, json }) =>
      'reason' in expected && schema.safeParse(json).success ? [expected.reason] : [],
    );
    expect(new Set(taken)).toEqual(new Set(['ill-formed-text', 'id-too-long']));
  });

  it('is draft 7, which every registry takes, and leaves further fields alone', () => {
    expect(document).toMatchObject({ $schema: 'http://json-schema.org/draft-07/schema#', type: 'object' });
    expect(document).not.toHaveProperty('additionalProperties');
  });
});
