import { describe, expect, it } from 'vitest';
import type { BrowseFilter } from '../../words/browse.ts';
import type { Message, MessageHeaders } from '../kafka/broker.ts';
import { createFilter } from './filter.ts';

const record = { id: '4f', first_name: 'Ção', email: 'Ana@Example.com', post_code: 12_345, extra: 'needle' };

function message(
  options: { value?: Buffer | null; key?: string | null; headers?: MessageHeaders } = {},
): Message {
  const { value = Buffer.from(JSON.stringify(record)), key = 'the-Key', headers = {} } = options;
  return {
    partition: 0,
    offset: 0,
    timestamp: 0,
    key: key === null ? null : Buffer.from(key),
    value,
    headers,
  };
}

const takes = (filter: BrowseFilter, one: Message = message()): boolean => createFilter(filter)(one);

describe('a filter', () => {
  it('without a text takes everything, whatever the field', () => {
    expect(takes({ text: '' }, message({ value: null, key: null }))).toBe(true);
    expect(takes({ text: '', field: 'email' }, message({ value: null }))).toBe(true);
  });

  it.each(['ana@example', 'THE-KEY', 'ção', 'needle', 'TRACE-NAME', 'trace-value', '12345'])(
    'finds %s anywhere, letter case aside',
    (text) => {
      const headers = { 'Trace-Name': [Buffer.from('other'), Buffer.from('Trace-Value')] };
      expect(takes({ text }, message({ headers }))).toBe(true);
    },
  );

  it('does not find what is not there, and is not upset by nulls and bytes', () => {
    expect(takes({ text: 'nobody' })).toBe(false);
    expect(takes({ text: 'a' }, message({ value: null, key: null, headers: { none: undefined } }))).toBe(
      false,
    );
    expect(takes({ text: 'a' }, message({ value: Buffer.from([0xff, 0x41]), key: null }))).toBe(true);
  });

  it('looks in one field of the record only where one is chosen', () => {
    expect(takes({ text: 'EXAMPLE', field: 'email' })).toBe(true);
    expect(takes({ text: 'example', field: 'first_name' })).toBe(false);
    expect(takes({ text: '234', field: 'post_code' })).toBe(true);
    expect(takes({ text: 'a', field: 'phone' })).toBe(false);
    expect(takes({ text: 'a', field: 'email' }, message({ value: Buffer.from('no JSON: a') }))).toBe(false);
    expect(takes({ text: 'to', field: 'email' }, message({ value: Buffer.from('null') }))).toBe(false);
  });

  it('looks in the fields of JSON that stands in a Schema Registry’s wire format', () => {
    const value = Buffer.concat([Buffer.of(0, 0, 0, 0, 7), Buffer.from(JSON.stringify(record))]);
    expect(takes({ text: 'EXAMPLE', field: 'email' }, message({ value }))).toBe(true);
    expect(takes({ text: 'example', field: 'first_name' }, message({ value }))).toBe(false);
  });

  it('looks in the key or in the headers only where that is chosen', () => {
    expect(takes({ text: 'key', field: 'key' })).toBe(true);
    expect(takes({ text: 'needle', field: 'key' })).toBe(false);
    const headers = { trace: Buffer.from('there') };
    expect(takes({ text: 'there', field: 'header' }, message({ headers }))).toBe(true);
    expect(takes({ text: 'needle', field: 'header' }, message({ headers }))).toBe(false);
  });
});
