import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeProperty, fillTemplate, quoteYaml } from './template.ts';

/** How Java reads the escapes of a property's value. */
function readProperty(text: string): string {
  return text.replaceAll(/\\(?:u([0-9a-f]{4})|(.))/g, (_, unit: string | undefined, other: string) =>
    unit === undefined ? other : String.fromCharCode(Number.parseInt(unit, 16)),
  );
}

describe('filling a template', () => {
  it('puts in each value, escaped for the format', () => {
    const text = fillTemplate(
      'port: ${PORT}\nfolder: ${FOLDER}',
      { PORT: 9042, FOLDER: 'a "b": c' },
      quoteYaml,
    );
    expect(text).toBe('port: 9042\nfolder: "a \\"b\\": c"');
  });

  it('refuses a placeholder without a value', () => {
    expect(() => fillTemplate('${PORT}', {}, quoteYaml)).toThrow('PORT');
  });

  it('does not fill what a value brings', () => {
    expect(fillTemplate('${A}', { A: '${B}' }, escapeProperty)).toBe('${B}');
  });

  it('writes any text as a property in plain ASCII that Java reads back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const escaped = escapeProperty(text);
        expect(escaped).toMatch(/^[\u0020-\u007e]*$/);
        expect(escaped).not.toMatch(/^ /);
        expect(readProperty(escaped)).toBe(text);
      }),
    );
  });
});
