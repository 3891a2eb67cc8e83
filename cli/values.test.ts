// The values of flags: what each takes, and that all else is wrong use, not a guess.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RiachoError } from '../words/errors.ts';
import * as values from './values.ts';

/** The value, or what the refusal names. */
function read<T>(parse: (text: string) => T, text: string): T | { refused: unknown } {
  try {
    return parse(text);
  } catch (error) {
    if (error instanceof RiachoError && error.code === 'BAD_INPUT')
      return { refused: error.params['detail'] };
    throw error;
  }
}

describe('a duration', () => {
  const parse = values.duration('--for');

  it.each([
    ['60s', 60_000],
    ['5m', 300_000],
    ['1h', 3_600_000],
    ['500ms', 500],
    ['2', 2_000],
    ['1.5m', 90_000],
    ['2147483647ms', 2_147_483_647],
  ])('%s is %i ms', (text, ms) => expect(read(parse, text)).toBe(ms));

  it.each(['', '0', '0s', '-1s', '1d', 's', '1 s', '1e3', '0.0001ms', '25h30m', '１s'])(
    'is never %j',
    (text) => expect(read(parse, text)).toEqual({ refused: `--for ${text}` }),
  );

  it('is never longer than a timer takes, which would end at once', () => {
    expect(read(parse, '2147483648ms')).toEqual({ refused: '--for 2147483648ms' });
    expect(read(parse, '1000h')).toEqual({ refused: '--for 1000h' });
    expect(read(parse, `${'9'.repeat(400)}h`)).toHaveProperty('refused');
  });
});

describe('a count', () => {
  const parse = values.positiveInteger('--count');

  it('is any whole number from 1 to what a number holds exactly', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 53 - 1 }), (n) => {
        expect(parse(String(n))).toBe(n);
      }),
    );
  });

  it.each(['', '0', '-1', '1.5', '1e3', '0x10', ' 1', '9007199254740992', 'many'])('is never %j', (text) =>
    expect(read(parse, text)).toEqual({ refused: `--count ${text}` }),
  );
});

describe('a rate', () => {
  it.each([
    ['max', 'max'],
    ['10', 10],
    ['0.5', 0.5],
  ])('%s', (text, value) => expect(read(values.rate, text)).toBe(value));

  it.each(['', ' ', '0', '-1', 'Infinity', 'NaN', 'fast', 'MAX'])('is never %j', (text) =>
    expect(read(values.rate, text)).toEqual({ refused: `--rate ${text}` }),
  );
});

describe('a share', () => {
  it.each([
    ['0', 0],
    ['5', 5],
    ['0.5', 0.5],
    ['25%', 25],
    ['100', 100],
  ])('%s', (text, value) => expect(read(values.percent, text)).toBe(value));

  it.each(['', '%', ' %', '-1', '101', 'half', '5%%'])('is never %j', (text) =>
    expect(read(values.percent, text)).toEqual({ refused: `--faulty ${text}` }),
  );
});

describe('a source', () => {
  it.each(['auto', 'randomuser', 'offline'])('%s', (source) =>
    expect(read(values.source, source)).toEqual({ source }),
  );

  it('is a recording with everything behind the first colon as its path', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (replayFile) => {
        expect(values.source(`replay:${replayFile}`)).toEqual({ source: 'replay', replayFile });
      }),
    );
  });

  it.each(['', 'replay', 'replay:', 'Offline', 'kafka'])('is never %j', (text) =>
    expect(read(values.source, text)).toEqual({ refused: `--source ${text}` }),
  );
});

describe('an address', () => {
  it.each(['http://127.0.0.1:8080/api/', 'https://randomuser.me/api/?nat=br'])('%s', (text) =>
    expect(read(values.url('--url'), text)).toBe(text),
  );

  it.each(['', 'randomuser.me', 'ftp://x/', 'file:///etc/passwd', 'https://'])('is never %j', (text) =>
    expect(read(values.url('--url'), text)).toEqual({ refused: `--url ${text}` }),
  );
});

describe('a place to read from', () => {
  it.each([
    ['beginning', { at: 'beginning' }],
    ['newest', { at: 'newest' }],
    ['offset:0', { at: 'offset', offset: 0 }],
    ['offset:42', { at: 'offset', offset: 42 }],
  ])('%s', (text, place) => expect(read(values.from, text)).toEqual(place));

  it.each(['', 'offset:', 'offset:-1', 'offset:1.5', 'end'])('is never %j', (text) =>
    expect(read(values.from, text)).toEqual({ refused: `--from ${text}` }),
  );
});

describe('a separator', () => {
  it.each([
    [',', ','],
    [';', ';'],
    ['\\t', '\t'],
    ['\t', '\t'],
  ])('%j', (text, character) => expect(read(values.separator, text)).toBe(character));

  it.each(['', '"', '\r', '\n', 'ab', '\\n'])('is never %j', (text) =>
    expect(read(values.separator, text)).toEqual({ refused: `--separator ${text}` }),
  );
});

describe('a choice', () => {
  const parse = values.oneOf('--mode', ['initial', 'append']);

  it('is one of those allowed, and a refusal names them', () => {
    expect(read(parse, 'append')).toBe('append');
    expect(read(parse, 'Append')).toEqual({ refused: '--mode Append (initial, append)' });
  });
});

describe('a list', () => {
  it.each([
    ['a,b', ['a', 'b']],
    [' a , b ,', ['a', 'b']],
    [',', []],
    ['', []],
  ])('%j', (text, parts) => expect(values.list(text)).toEqual(parts));
});
