// The hops of a record's way, and the time between them.
import { describe, expect, it } from 'vitest';
import type { FollowedRecord } from '../../words/browse.ts';
import { hopsOf } from './way.ts';

const record: FollowedRecord = {
  partition: 0,
  offset: 7,
  key: 'k',
  fetchedAt: 1_000,
  sentAt: 1_040,
  inTopicAt: 1_045,
  fate: { status: 'written', writtenAt: 1_100 },
};

const spans = (one: FollowedRecord) => hopsOf(one).map(({ name, sinceLast }) => [name, sinceLast]);

describe("a record's way", () => {
  it('goes from fetch to row, each hop with the time since the last', () => {
    expect(spans(record)).toEqual([
      ['fetched', undefined],
      ['sent', 40],
      ['inTopic', 5],
      ['fit', undefined],
      ['written', 55],
    ]);
  });

  it('begins in the topic where the producer sent no trace', () => {
    const { fetchedAt: _fetched, sentAt: _sent, ...rest } = record;
    expect(spans(rest)).toEqual([
      ['fetched', undefined],
      ['inTopic', undefined],
      ['fit', undefined],
      ['written', 55],
    ]);
  });

  it('ends at a letter whose time is not known', () => {
    expect(spans({ ...record, fate: { status: 'dead-letter', reason: 'not-json' } }).slice(3)).toEqual([
      ['refused', undefined],
      ['deadLetter', undefined],
    ]);
  });

  it.each([
    ['waiting', 'waiting'],
    ['no-row', 'noRow'],
  ] as const)('of a record with the fate %s ends there', (status, name) => {
    expect(hopsOf({ ...record, fate: { status } }).at(-1)?.name).toBe(name);
  });

  it('knows no time that runs backwards, when two clocks differ', () => {
    expect(spans({ ...record, inTopicAt: 900 })[2]).toEqual(['inTopic', 0]);
  });
});
