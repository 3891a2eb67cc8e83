import { describe, expect, it } from 'vitest';
import type { Message } from '../kafka/broker.ts';
import { toRow, toView, viewBytes } from './shown-bytes.ts';

function message(key: Buffer | null, value: Buffer | null): Message {
  return { partition: 1, offset: 2, timestamp: 3, key, value, headers: {} };
}

describe('bytes shown whole', () => {
  it('are text where they are UTF-8, control characters and all, and base64 where not', () => {
    expect(viewBytes(Buffer.from('a\u0000\u001bé'))).toEqual({
      encoding: 'text',
      content: 'a\u0000\u001bé',
      size: 5,
    });
    expect(viewBytes(Buffer.from([0xff]))).toEqual({ encoding: 'base64', content: '/w==', size: 1 });
    expect(viewBytes(null)).toBeNull();
  });

  it('that are cut in the middle of a character lose only that character, and keep their size', () => {
    expect(viewBytes(Buffer.from('aé'), 2)).toEqual({ encoding: 'text', content: 'a', size: 3 });
  });

  it('in a Schema Registry’s wire format are its JSON, with the schema’s id and their own size', () => {
    const json = Buffer.from('{"a":"é"}');
    // An id of 200 makes the whole no UTF-8; one of 1 does not.
    for (const schemaId of [1, 200]) {
      const value = Buffer.concat([Buffer.of(0, 0, 0, 0, schemaId), json]);
      expect(viewBytes(value)).toEqual({ encoding: 'text', content: '{"a":"é"}', size: 15, schemaId });
      expect(toRow(message(null, value), 1)).toMatchObject({
        preview: '{"a":"é"}',
        isText: true,
        schemaId,
        size: 15,
      });
    }
    const broken = Buffer.of(0, 0, 0, 0, 1, 0x7b, 0xff);
    expect(viewBytes(broken)).toEqual({ encoding: 'base64', content: broken.toString('base64'), size: 7 });
    expect(toRow(message(null, broken), 1)).toMatchObject({ preview: '00000000017bff', isText: false });
  });

  it('show headers that are no text as bytes, and those that are null or there twice', () => {
    const headers = { raw: Buffer.from([0xff]), twice: [Buffer.from('a'), 'b'], none: undefined };
    expect(toView({ ...message(null, null), headers }).headers).toEqual([
      { name: 'raw', value: '/w==', encoding: 'base64' },
      { name: 'twice', value: 'a', encoding: 'text' },
      { name: 'twice', value: 'b', encoding: 'text' },
      { name: 'none', value: '', encoding: 'text' },
    ]);
  });
});

describe('a message in a list', () => {
  it('is cut to a glance, never in the middle of a character', () => {
    const row = toRow(message(Buffer.from('k'.repeat(63) + '😀'), Buffer.from('é'.repeat(300))), 7);
    expect(row).toEqual({
      seq: 7,
      partition: 1,
      offset: 2,
      timestamp: 3,
      key: 'k'.repeat(63),
      preview: 'é'.repeat(200),
      isText: true,
      size: 600,
    });
    expect(toRow(message(null, Buffer.from('😀'.repeat(300))), 1).preview).toBe('😀'.repeat(100));
  });

  it('shows bytes that are no text as hex digits, and nothing as nothing', () => {
    expect(toRow(message(Buffer.from([0xff]), Buffer.alloc(500, 0xfe)), 1)).toMatchObject({
      key: 'ff',
      preview: 'fe'.repeat(100),
      isText: false,
      size: 500,
    });
    expect(toRow(message(null, null), 1)).toMatchObject({ key: null, preview: null, isText: true, size: 0 });
  });
});
