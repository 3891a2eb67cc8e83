// A command as one text, split as a shell would without running it.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitWords } from './shell-words.ts';

describe('a command', () => {
  it.each([
    ['webserver', ['webserver']],
    ['  a  b\n c ', ['a', 'b', 'c']],
    [`bash -c 'echo "hi"; exit 1'`, ['bash', '-c', 'echo "hi"; exit 1']],
    [String.raw`a\ b "c \" \$d"'e'`, ['a b', 'c " $de']],
    [`--name="two words" ''`, ['--name=two words', '']],
    ['', []],
  ])('%s', (text, words) => {
    expect(splitWords(text)).toEqual(words);
  });

  it.each([`a 'open`, 'a "open', 'a; b', 'a | b', 'a > b', 'a && b', 'a $(id -u)', 'a `id -u`', 'a\\'])(
    '%s is refused',
    (text) => {
      expect(() => splitWords(text)).toThrow('?');
    },
  );

  it('keeps any words that are quoted', () => {
    const word = fc.string({ unit: fc.constantFrom('a', ' ', '"', "'", '\\', ';', '$', '\n') });
    fc.assert(
      fc.property(fc.array(word), (words) => {
        const quoted = words.map((one) => `'${one.replaceAll("'", `'"'"'`)}'`).join(' ');
        expect(splitWords(quoted)).toEqual(words);
      }),
    );
  });
});
