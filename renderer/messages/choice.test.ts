// From fields to the question.
import { describe, expect, it } from 'vitest';
import { fieldTime, queryOf, type Choice } from './choice.ts';

const choice: Choice = {
  topic: 'dsa_kafka_topic',
  at: 'newest',
  offset: 12,
  time: '2026-05-09T14:03:09',
  text: 'ana',
  field: undefined,
};

describe('a choice', () => {
  it('asks only for what its place needs', () => {
    expect(queryOf(choice)).toEqual({
      topic: 'dsa_kafka_topic',
      from: { at: 'newest' },
      filter: { text: 'ana' },
    });
    expect(queryOf({ ...choice, at: 'offset', field: 'email' })).toMatchObject({
      from: { at: 'offset', offset: 12 },
      filter: { text: 'ana', field: 'email' },
    });
  });

  it.each([-1, 1.5, Number.NaN])('takes the offset %d for the beginning', (offset) => {
    expect(queryOf({ ...choice, at: 'offset', offset }).from).toEqual({ at: 'offset', offset: 0 });
  });

  it('takes an empty time for the beginning', () => {
    expect(queryOf({ ...choice, at: 'time', time: '' }).from).toEqual({ at: 'time', time: 0 });
  });

  it('gives back the second that a field shows', () => {
    const at = Date.UTC(2026, 4, 9, 14, 3, 9);
    expect(queryOf({ ...choice, at: 'time', time: fieldTime(at + 250) }).from).toEqual({
      at: 'time',
      time: at,
    });
  });
});
