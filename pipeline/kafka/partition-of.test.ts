import kafkajs from 'kafkajs';
import { expect, it } from 'vitest';
import { byKey, partitionOf } from './partition-of.ts';

// From Kafka's own UtilsTest.testMurmur2.
it.each([
  ['21', -973_932_308],
  ['foobar', -790_332_482],
  ['a-little-bit-long-string', -985_981_536],
  ['a-little-bit-longer-string', -1_486_304_829],
  ['lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8', -58_897_971],
])('puts %s where Kafka’s producers put it', (key, hash) => {
  expect(partitionOf(key, 1_000)).toBe((hash & 0x7fffffff) % 1_000);
});

it('puts any other where kafkajs does, and those without a key in turn', () => {
  const partitionMetadata = Array.from({ length: 7 }, (_, partitionId) => ({
    partitionId,
    partitionErrorCode: 0,
    leader: 0,
    replicas: [],
    isr: [],
  }));
  const partition = (message: { key: Buffer | string | null; value: null }, by = ours): number =>
    by({ topic: 't', partitionMetadata, message });
  const ours = byKey();
  const theirs = kafkajs.Partitioners.DefaultPartitioner();
  const keys = Array.from({ length: 300 }, (_, length) => 'açúcar 🧪 '.repeat(40).slice(0, length));
  for (const key of keys) {
    expect(partition({ key, value: null }), key).toBe(partition({ key, value: null }, theirs));
    const bytes = Buffer.from(key);
    expect(partition({ key: bytes, value: null }), key).toBe(partition({ key: bytes, value: null }, theirs));
  }
  const turns = keys.slice(0, 14).map(() => partition({ key: null, value: null }));
  expect(new Set(turns).size).toBe(7);
});
