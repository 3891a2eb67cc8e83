// Bytes as they come over the contract, and what is made of them.
import { describe, expect, it } from 'vitest';
import type { MessageView } from '../../words/messages.ts';
import {
  bytesOf,
  decode,
  firstBadByte,
  hexLines,
  possibleSchemaId,
  recordPlace,
  traceOf,
} from './decoded.ts';

const text = (content: string) => ({ encoding: 'text' as const, content, size: content.length });

function message(headers: Record<string, string>): MessageView {
  return {
    partition: 1,
    offset: 2,
    timestamp: 0,
    key: null,
    value: null,
    headers: Object.entries(headers).map(([name, value]) => ({ name, value, encoding: 'text' })),
  };
}

describe('a value', () => {
  it('is JSON, text, bytes or null', () => {
    const kinds = [
      text('{"a":1}'),
      text('{"a":'),
      text(''),
      { ...text('/w=='), encoding: 'base64' as const },
      null,
    ];
    expect(kinds.map((value) => decode(value).kind)).toEqual(['json', 'text', 'text', 'bytes', 'null']);
  });

  it('gives back its bytes, whether it came as text or in base64', () => {
    expect([...bytesOf(text('é'))]).toEqual([0xc3, 0xa9]);
    expect([...bytesOf({ encoding: 'base64', content: '6f8A', size: 3 })]).toEqual([0xe9, 0xff, 0]);
  });

  it('of a Schema Registry’s wire format has the schema’s id before its JSON again', () => {
    const framed = bytesOf({ ...text('{}'), schemaId: 2 ** 32 - 2 });
    expect([...framed]).toEqual([0, 0xff, 0xff, 0xff, 0xfe, 0x7b, 0x7d]);
    expect(possibleSchemaId(framed)).toBe(2 ** 32 - 2);
    expect(possibleSchemaId(Uint8Array.of(0, 0, 0, 0, 1))).toBeUndefined();
    expect(possibleSchemaId(Uint8Array.of(1, 0, 0, 0, 1, 2))).toBeUndefined();
  });

  it.each([
    ['ends well', [0x61, 0xc3, 0xa9], undefined],
    ['has a byte of Latin-1', [0x61, 0x62, 0xe9, 0x22], 2],
    ['begins badly', [0xff], 0],
    ['breaks a character after good ones', [0xc3, 0xa9, 0xc3, 0x28], 2],
    ['ends in the middle of a character', [0x61, 0xe2, 0x82], 1],
  ])('that %s is found out', (_name, bytes, at) => {
    expect(firstBadByte(Uint8Array.from(bytes))).toBe(at);
  });

  it('is written in lines of eight bytes, what is not printable as a dot', () => {
    expect(hexLines(new TextEncoder().encode('01234567\n~é'))).toEqual([
      { at: '000000', hex: '30 31 32 33 34 35 36 37', text: '01234567' },
      { at: '000008', hex: '0a 7e c3 a9', text: '.~..' },
    ]);
  });
});

describe('headers', () => {
  it('bear the trace of our producer, or none', () => {
    const trace = { v: 1, fetchedAt: 1, sentAt: 2, source: 'offline' };
    expect(traceOf(message({ 'riacho-trace': JSON.stringify(trace) }))).toEqual(trace);
    expect(traceOf(message({ 'riacho-trace': '{"v":2}' }))).toBeUndefined();
    expect(traceOf(message({ 'riacho-trace': 'no' }))).toBeUndefined();
    expect(traceOf(message({}))).toBeUndefined();
  });

  it('of a dead letter lead to the message it was made of', () => {
    const letter = message({ 'riacho-source-partition': '0', 'riacho-source-offset': '77' });
    expect(recordPlace(letter)).toEqual({ partition: 0, offset: 77 });
    expect(recordPlace(message({}))).toEqual({ partition: 1, offset: 2 });
  });
});
