// Fills variables into a text of a compose file, as docker compose does. Reads no environment of its own.

/** What a variable is set to; undefined where it is not set. */
export type Lookup = (name: string) => string | undefined;

const bareName = /^[A-Za-z_]\w*/;
const expression = /^([A-Za-z_]\w*)(?:(:?)([-?+])([^]*))?$/;

/** Where the brace that is open at `from` closes; those of defaults inside are passed over. */
function closingBrace(text: string, from: number): number {
  let depth = 1;
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === '{') depth += 1;
    if (text[at] === '}') depth -= 1;
    if (depth === 0) return at;
  }
  throw new Error(`\${${text.slice(from)}: }?`);
}

/** Of `NAME`, `NAME:-default`, `NAME-default`, `NAME:?why`, `NAME?why`, `NAME:+other` or `NAME+other`. */
function valueOf(inside: string, lookup: Lookup): string {
  const [, name, colon, operator, rest = ''] = expression.exec(inside) ?? [];
  if (name === undefined) throw new Error(`\${${inside}}?`);
  const value = lookup(name);
  const isThere = value !== undefined && !(colon === ':' && value === '');
  if (operator === '+') return isThere ? interpolate(rest, lookup) : '';
  if (isThere) return value;
  if (operator === '-') return interpolate(rest, lookup);
  throw new Error(`\${${name}}${rest && `: ${interpolate(rest, lookup)}`}`);
}

/**
 * `text` with its variables filled in: `$NAME`, `${NAME}`, `${NAME:-default}` and the like; `$$` is a dollar.
 * Throws where one has no value and no default, which docker compose takes as empty with a warning, and where a
 * dollar begins no name.
 */
export function interpolate(text: string, lookup: Lookup): string {
  let filled = '';
  let rest = text;
  for (;;) {
    const dollar = rest.indexOf('$');
    if (dollar < 0) return filled + rest;
    filled += rest.slice(0, dollar);
    rest = rest.slice(dollar + 1);
    const name = bareName.exec(rest)?.[0];
    if (rest.startsWith('$')) {
      filled += '$';
      rest = rest.slice(1);
    } else if (rest.startsWith('{')) {
      const end = closingBrace(rest, 1);
      filled += valueOf(rest.slice(1, end), lookup);
      rest = rest.slice(end + 1);
    } else if (name !== undefined) {
      filled += valueOf(name, lookup);
      rest = rest.slice(name.length);
    } else {
      throw new Error(`$${rest.slice(0, 10)}?`);
    }
  }
}
