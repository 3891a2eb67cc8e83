// As confluent-kafka 2.16's JSONSerializer wrote it, and what others write that looks alike.
import { describe, expect, it } from 'vitest';
import { framedJson } from './wire-format.ts';

const serialized = Buffer.from('00000000047b226964223a223462227d', 'hex');

describe('the wire format of a Schema Registry', () => {
  it('is told by its zero, and gives the id and the JSON behind it', () => {
    const framed = framedJson(serialized);
    expect(framed?.schemaId).toBe(4);
    expect(framed?.json.toString()).toBe('{"id":"4b"}');
  });

  it('takes ids of four bytes, as registries of companies have them', () => {
    expect(framedJson(Buffer.from('00ffffffff5b5d', 'hex'))?.schemaId).toBe(2 ** 32 - 1);
  });

  it.each([
    ['no value', null],
    ['an empty value', Buffer.alloc(0)],
    ['plain JSON', Buffer.from('{"id":"4b"}')],
    ['nothing behind the prefix', Buffer.from('0000000004', 'hex')],
    ['less than the prefix', Buffer.from('000000', 'hex')],
    ['Avro: a text of three letters', Buffer.from('000000000206416e61', 'hex')],
    ['Protobuf: an index of messages first', Buffer.from('0000000002000a03416e61', 'hex')],
    ['JSON as UTF-16', Buffer.from('007b002200690064', 'hex')],
  ])('is not %s', (_, value) => {
    expect(framedJson(value)).toBeUndefined();
  });
});
