// Variables in texts, as compose's own page on interpolation describes them.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { interpolate } from './interpolation.ts';

const set: Readonly<Record<string, string>> = { PORT: '9092', EMPTY: '', HOST: 'broker' };
const fill = (text: string) => interpolate(text, (name) => set[name]);

describe('variables', () => {
  it.each([
    ['$HOST:${PORT}', 'broker:9092'],
    ['$HOST-1', 'broker-1'],
    ['${PORT:-1}${UNSET:-2}${EMPTY:-3}', '909223'],
    ['${UNSET-4}${EMPTY-5}', '4'],
    ['${PORT:+set}${EMPTY:+no}${EMPTY+set}${UNSET+no}', 'setset'],
    ['${UNSET:-${HOST}:${EMPTY:-${PORT}}}/', 'broker:9092/'],
    ['${UNSET:-{"a": {"b": 1}}}', '{"a": {"b": 1}}'],
    ['${UNSET:-two\nlines}', 'two\nlines'],
    ['${HOST:?never asked}', 'broker'],
    ['$$HOST $${HOST} $$$HOST', '$HOST ${HOST} $broker'],
    ['$$(cat /run/secret)', '$(cat /run/secret)'],
    ['none', 'none'],
  ])('%s is %s', (text, filled) => {
    expect(fill(text)).toBe(filled);
  });

  it('takes a default as it is written only where it is needed', () => {
    expect(fill('${PORT:-${UNSET:?why}}')).toBe('9092');
    expect(() => fill('${UNSET:-${ALSO:?why}}')).toThrow('${ALSO}: why');
  });

  it.each([
    ['${UNSET}', '${UNSET}'],
    ['$UNSET', '${UNSET}'],
    ['${UNSET:?set it in .env, $HOST}', '${UNSET}: set it in .env, broker'],
    ['${EMPTY:?}', '${EMPTY}'],
    ['a ${PORT', '${PORT: }?'],
    ['${}', '${}?'],
    ['${1A}', '${1A}?'],
    ['${PORT:=1}', '${PORT:=1}?'],
    ['$(cat)', '$(cat)?'],
    ['5$', '$?'],
  ])('%s is refused', (text, message) => {
    expect(() => fill(text)).toThrow(new Error(message));
  });

  it('leaves any text alone whose dollars are doubled, whatever it holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('$', '{', '}', ':', '-', 'A', ' ', '\n') }), (text) => {
        expect(fill(text.replaceAll('$', '$$$$'))).toBe(text);
      }),
    );
  });

  it('gives back any value that a variable has, dollars and braces included', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('$', '{', '}', 'A', '?', '-') }), (value) => {
        expect(interpolate('<${X}>', () => value)).toBe(`<${value}>`);
      }),
    );
  });
});
