// What a person gets to mend must be what was refused.
import { describe, expect, it } from 'vitest';
import type { DeadLetterView } from '../../words/messages.ts';
import { draftOf, templateOf } from './letter-draft.ts';

function letter(value: DeadLetterView['value'], key: DeadLetterView['key'] = null): DeadLetterView {
  return { reason: 'bad-email', sourcePartition: 0, sourceOffset: 1, refusedAt: '', key, value };
}

const text = (content: string) => ({ encoding: 'text' as const, content, size: content.length });

describe('a draft', () => {
  it('lays JSON out, a field a line', () => {
    expect(draftOf(letter(text('{"id":"a b","email" : ""}')))).toBe('{\n  "id": "a b",\n  "email": ""\n}');
  });

  it.each([
    ['a number that would lose digits', '{"id":12345678901234567890}'],
    ['a field that stands there twice', '{"id":"a","id":"b"}'],
    ['an escape that would be written otherwise', '{"id":"\\u0061"}'],
    ['text that is not JSON', '{"id":'],
  ])('leaves %s as it came', (_name, content) => {
    expect(draftOf(letter(text(content)))).toBe(content);
  });

  it('of bytes or of no value is empty', () => {
    expect(draftOf(letter({ encoding: 'base64', content: '/w==', size: 1 }))).toBe('');
    expect(draftOf(letter(null))).toBe('');
  });
});

describe('the template', () => {
  it('has the 12 fields, with the key as the id', () => {
    const record = JSON.parse(templateOf(letter(null, text('k1'))));
    expect(Object.keys(record)).toHaveLength(12);
    expect(record).toMatchObject({ id: 'k1', email: '' });
  });

  it('has an id of its own where there is no key', () => {
    expect(JSON.parse(templateOf(letter(null))).id).toMatch(/^[0-9a-f]{32}$/);
  });
});
