// The file `.env`, in the forms that docker compose reads.
import { describe, expect, it } from 'vitest';
import { EnvFileError, parseEnvFile } from './env-file.ts';

const outer = (name: string) => (name === 'HOME' ? '/home/ana' : undefined);
const parse = (text: string) => Object.fromEntries(parseEnvFile(text, outer));

describe('.env', () => {
  it('holds names and values, comments and empty lines', () => {
    const text =
      '\uFEFF# ports\r\nKAFKA_PORT=19092\r\n\r\n  export HOST = broker  # inside\nNOTHING=\nHASH=a#b\n';
    expect(parse(text)).toEqual({ KAFKA_PORT: '19092', HOST: 'broker', NOTHING: '', HASH: 'a#b' });
  });

  it('takes quoted values as they are, escapes and variables only between double quotes', () => {
    const text = [`A='$HOME # \\n'`, `B="$HOME \\"x\\" # \\t" # why`, `C=\${A}/\${D:-d}`].join('\n');
    expect(parse(text)).toEqual({ A: '$HOME # \\n', B: '/home/ana "x" # \t', C: '$HOME # \\n/d' });
  });

  it('fills in what is set outside before what stands above', () => {
    expect(parse('HOME=/root\nDATA=$HOME/data')).toEqual({ HOME: '/root', DATA: '/home/ana/data' });
  });

  it.each([
    ['A=1\nno setting', 2, 'no setting'],
    ['\n\nA="open', 3, 'A'],
    ['1A=2', 1, '1A'],
    ['A=$B', 1, '${B}'],
  ])('%j is refused at its line', (text, line, message) => {
    const error = expect.objectContaining({ line, message });
    expect(() => parse(text)).toThrow(error);
    expect(() => parse(text)).toThrow(EnvFileError);
  });

  it('keeps what stands behind the equals sign of a bad line to itself: it may be a password', () => {
    expect(() => parse('MY PASSWORD=secret')).toThrow(new EnvFileError(1, 'MY PASSWORD'));
  });
});
