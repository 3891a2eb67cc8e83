// Durations and sizes as a compose file writes them: `1m30s`, `512m`. Knows nothing else.

const unitMs: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
};
const duration = /^(?:\d+(?:\.\d+)?(?:ns|us|µs|ms|s|m|h))+$/;
const durationPart = /([\d.]+)([a-zµ]+)/g;
const size = /^(\d+(?:\.\d+)?) ?([kmgt]?)i?b?$/i;
const sizePowers = ['', 'k', 'm', 'g', 't'];

/** Milliseconds of `10s`, `1m30s` or `0.5h`. Throws on anything else, a number without a unit included. */
export function durationMs(text: string): number {
  if (text === '0') return 0;
  if (!duration.test(text)) throw new Error(`"${text}"? (30s, 1m30s)`);
  return [...text.matchAll(durationPart)].reduce(
    (sum, [, count, unit = '']) => sum + Number(count) * (unitMs[unit] ?? Number.NaN),
    0,
  );
}

/** Bytes of `512m`, `1.5g`, `1 GiB` or `1024`; every unit is a power of 1024. Throws on anything else. */
export function byteSize(text: string): number {
  const [, count, unit = ''] = size.exec(text) ?? [];
  if (count === undefined) throw new Error(`"${text}"? (512m, 1g)`);
  return Math.floor(Number(count) * 1024 ** sizePowers.indexOf(unit.toLowerCase()));
}
