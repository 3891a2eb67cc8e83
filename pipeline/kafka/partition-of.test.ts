import { expect, it } from 'vitest';
import { partitionOf } from './partition-of.ts';

// From Kafka's own UtilsTest.testMurmur2.
it.each([
  ['21', -973_932_308],
  ['foobar', -790_332_482],
  ['a-little-bit-long-string', -985_981_536],
])('puts %s where Kafka’s producers put it', (key, hash) => {
  expect(partitionOf(key, 1_000)).toBe((hash & 0x7fffffff) % 1_000);
});
