// The terminal's language, and that every sentence it asks for is there.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSay, languages, systemLanguage } from './words.ts';

const say = await createSay('en');

describe('the language of the system', () => {
  it.each([
    [{ LANG: 'pt_BR.UTF-8' }, 'pt-BR'],
    [{ LANG: 'pt_PT' }, 'pt-BR'],
    [{ LANG: 'pt' }, 'pt-BR'],
    [{ LANG: 'PT-br' }, 'pt-BR'],
    [{ LANG: 'de_DE.UTF-8' }, 'en'],
    [{ LANG: 'C' }, 'en'],
    [{ LANG: 'ptolemaic' }, 'en'],
    [{ LANG: 'pt_BR', LC_MESSAGES: 'en_US' }, 'en'],
    [{ LANG: 'en_US', LC_MESSAGES: 'fr_FR', LC_ALL: 'pt_BR' }, 'pt-BR'],
    [{ LANG: 'pt_BR', LC_ALL: '' }, 'pt-BR'],
  ] as const)('for %j is %s', (environment, language) => {
    expect(systemLanguage(environment)).toBe(language);
  });

  it('is one we have, also where the environment says nothing', () => {
    expect(languages).toContain(systemLanguage({}));
  });
});

describe('a sentence', () => {
  it('has its numbers as the language writes them', async () => {
    const dizer = await createSay('pt-BR');
    const params = { scanned: 1234.5, total: 1_000_000, matched: 0 };
    expect(say('cli.scanned', params)).toBe('Scanned 1,234.5 of 1,000,000, matched 0.');
    expect(dizer('cli.scanned', params)).toBe('Lidas 1.234,5 de 1.000.000, encontradas 0.');
  });

  it('has texts exactly as they are, also those that look like blanks, references or markup', () => {
    const odd = fc.constantFrom('{{detail}}', '$t(cli.about)', '$&', '$1', '<b>&amp;', "'", '{{', '}}', '\\');
    const text = fc.array(fc.oneof(fc.string({ unit: 'binary-ascii' }), odd)).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, (detail) => {
        expect(say('errors.UNEXPECTED.what', { detail })).toBe(
          `Something happened that should not: ${detail}`,
        );
      }),
    );
  });

  it('is there for every key that the terminal asks for', () => {
    const folders = [import.meta.dirname, join(import.meta.dirname, 'commands')];
    const sources = folders.flatMap((folder) =>
      readdirSync(folder)
        .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
        .map((name) => readFileSync(join(folder, name), 'utf8')),
    );
    const found = (pattern: RegExp, prefix = '') =>
      sources.flatMap((source) => [...source.matchAll(pattern)].map(([, key]) => `${prefix}${key}`));
    const keys = [
      ...found(/'(cli\.\w+)'/g),
      ...found(/\btext\('(\w+)'\)/g, 'cli.options.'),
      ...found(/\badd\('[^']+', '(\w+)'\)/g, 'cli.commands.'),
    ];
    // As many as there are at least: a pattern that finds nothing would prove nothing.
    expect(keys.length).toBeGreaterThan(70);
    expect(keys.filter((key) => say(key) === key)).toEqual([]);
  });
});
