// Reads the text of a `.env` file, as docker compose does. Reads no file.
import { messageOf } from '../engine/error-parts.ts';
import { interpolate, type Lookup } from './interpolation.ts';

const entry =
  /^(?:export\s+)?([A-Za-z_][\w.-]*)\s*=\s*(?:'([^']*)'|"((?:[^"\\]|\\.)*)"|([^'"].*?|))(?:\s+#.*)?$/;
const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

/** A line that is no setting; `line` counts from 1. */
export class EnvFileError extends Error {
  readonly line: number;

  constructor(line: number, message: string) {
    super(message);
    this.line = line;
  }
}

/**
 * Names and values. Variables in values are those of `outer` first, then those of the lines before; within single
 * quotes there are none. Throws an `EnvFileError`.
 */
export function parseEnvFile(text: string, outer: Lookup): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  const lookup: Lookup = (name) => outer(name) ?? values.get(name);
  for (const [index, raw] of text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    const [, name, single, double, bare = ''] = entry.exec(line) ?? [];
    if (name === undefined) throw new EnvFileError(index + 1, line.split('=', 1)[0] ?? '');
    const open = double?.replace(/\\(.)/g, (_all, letter: string) => escapes[letter] ?? letter) ?? bare;
    try {
      values.set(name, single ?? interpolate(open, lookup));
    } catch (error) {
      throw new EnvFileError(index + 1, messageOf(error));
    }
  }
  return values;
}
