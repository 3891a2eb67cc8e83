// Each pair of text and ground that the screens use, by WCAG's contrast, in both themes.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('tokens.css', import.meta.url), 'utf8');

/** The colours of one theme; fails where the sheet is not read as it is written. */
function tokensOf(theme: 'light' | 'dark'): Record<string, string> {
  const block = new RegExp(`\\[data-mantine-color-scheme='${theme}'\\] \\{([^}]*)\\}`).exec(css)?.[1] ?? '';
  return Object.fromEntries(
    [...block.matchAll(/--([\w-]+): (#[\da-f]{6});/g)].map(([, name = '', colour = '']) => [name, colour]),
  );
}

/** Relative luminance. Source: w3.org/TR/WCAG22, relative luminance. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

const grounds = ['bg', 'surface', 'sunken'];
const fills = ['water-fill', 'amber-fill', 'bad-fill'];
const texts = ['ink', 'ink2', 'water', 'stone', 'amber', 'bad'];

/** Text and its ground: 4.5 at least; lines and marks: 3. */
const pairs: [string, string, number][] = [
  ...texts.flatMap((text) => grounds.map((ground): [string, string, number] => [text, ground, 4.5])),
  ...fills.map((fill): [string, string, number] => ['ink', fill, 4.5]),
  ...fills.map((fill): [string, string, number] => ['ink2', fill, 4.5]),
  ['water', 'water-fill', 4.5],
  ['amber', 'amber-fill', 4.5],
  ['bad', 'bad-fill', 4.5],
  ['on-button', 'button', 4.5],
  ['on-button', 'button-hover', 4.5],
  ...['strong-line', 'water2'].flatMap((line) =>
    grounds.map((ground): [string, string, number] => [line, ground, 3]),
  ),
];

describe.each(['light', 'dark'] as const)('the %s theme', (theme) => {
  const tokens = tokensOf(theme);

  it('names every colour that the other names', () => {
    const names = [...new Set(pairs.flatMap(([text, ground]) => [text, ground]))];
    expect(names.filter((name) => tokens[name] === undefined)).toEqual([]);
    expect(Object.keys(tokens)).toEqual(Object.keys(tokensOf(theme === 'light' ? 'dark' : 'light')));
  });

  it.each(pairs)('%s on %s has a contrast of %f', (text, ground, least) => {
    expect(contrast(tokens[text] ?? '#000000', tokens[ground] ?? '#000000')).toBeGreaterThanOrEqual(least);
  });
});
