import { expect, it } from 'vitest';
import { handMadeKinds, type HandMadeKind } from '../../words/browse.ts';
import { traceHeader } from '../../words/runs.ts';
import { headerText } from '../kafka/broker.ts';
import { decide } from './decide.ts';
import { handMade } from './hand-made.ts';
import { createOfflineSource } from './sources/offline.ts';
import { traceOf } from './put-back.ts';

const source = createOfflineSource({ seed: 1 });

const expected: Record<HandMadeKind, object> = {
  good: { row: expect.anything() },
  'no-email': { reason: 'bad-email', field: 'email' },
  'bad-email': { reason: 'bad-email', field: 'email' },
  'missing-field': { reason: 'missing-field', field: 'username' },
  'number-field': { row: expect.objectContaining({ post_code: '12345' }) },
  'not-json': { reason: 'not-json' },
  empty: { reason: 'empty-value' },
  'one-megabyte': { row: expect.anything() },
};

it.each(handMadeKinds)('a message of the kind %s comes to what its name says', async (kind) => {
  const { key, value, headers = {} } = await handMade(kind, source);
  expect(decide(value)).toEqual(expected[kind]);
  expect(key).toMatch(/^[0-9a-f]{32}$/);
  expect(headerText(headers, traceHeader)).toBeDefined();
  expect(traceOf(headers)?.source).toBe('offline');
});

it('the one of a megabyte is as large as a topic of default settings takes, and still a good one', async () => {
  const { value } = await handMade('one-megabyte', source);
  expect(value?.length).toBe(1024 * 1024 - 1024);
});
