// The short forms that compose allows, as the long ones that the schema knows. Judges nothing but their grammar.
import { splitWords } from './shell-words.ts';

const portForm = /^(?:(\[[\da-fA-F:]+\]|[\d.]+):)?(\d+):(\d+)(?:\/(tcp|udp))?$/;

const named = (names: readonly unknown[], value: unknown) =>
  Object.fromEntries(names.map((name) => [String(name), value]));

/** `[A=1, B]` → `{A: 1, B: null}`. */
export function pairsLong(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  return Object.fromEntries(
    value.map((item: unknown) => {
      const text = String(item);
      const equals = text.indexOf('=');
      return equals < 0 ? [text, null] : [text.slice(0, equals), text.slice(equals + 1)];
    }),
  );
}

/** `[a, b]` → both only have to be started. */
export function dependenciesLong(value: unknown): unknown {
  return Array.isArray(value) ? named(value, { condition: 'service_started' }) : value;
}

/** `[a, b]` → both without aliases. */
export function networksLong(value: unknown): unknown {
  return Array.isArray(value) ? named(value, null) : value;
}

/** `./folder` → its Dockerfile. */
export function buildLong(value: unknown): unknown {
  return typeof value === 'string' ? { context: value } : value;
}

/** `tail -f log` → its words. */
export function commandLong(value: unknown): unknown {
  return typeof value === 'string' ? splitWords(value) : value;
}

/** `pg_isready` → run by a shell. */
export function testLong(value: unknown): unknown {
  return typeof value === 'string' ? ['CMD-SHELL', value] : value;
}

/** One text where a list may stand. */
export function listLong(value: unknown): unknown {
  return typeof value === 'string' ? [value] : value;
}

/** `1024` → soft and hard. */
export function ulimitLong(value: unknown): unknown {
  return typeof value === 'object' ? value : { soft: value, hard: value };
}

/** `127.0.0.1:9092:9092/tcp`. Throws on a range, and on a port whose number here nobody chose. */
export function portLong(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const [, ip, published, target, protocol] = portForm.exec(value) ?? [];
  if (target === undefined) throw new Error(`"${value}"? (127.0.0.1:9092:9092)`);
  return {
    target,
    published,
    ...(ip !== undefined && { host_ip: ip.replace(/[[\]]/g, '') }),
    ...(protocol !== undefined && { protocol }),
  };
}

/** `data:/var/lib:ro`, `./folder:/folder`. Throws on a volume without a name. */
export function mountLong(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const [, source, target, mode] = /^(.+?):(\/[^:]*)(?::(ro|rw))?$/.exec(value) ?? [];
  if (source === undefined) throw new Error(`"${value}"? (name:/path, ./folder:/path:ro)`);
  const type = /^[./~]/.test(source) ? 'bind' : 'volume';
  return { type, source, target, read_only: mode === 'ro' };
}
