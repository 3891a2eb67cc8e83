// Numbers, sizes and times as the shown language writes them.
import i18next from 'i18next';

/** Makes a formatter once a language: making one costs more than using it. */
function perLanguage<T>(make: (language: string) => T): () => T {
  const made = new Map<string, T>();
  return () => {
    const language = i18next.language;
    const known = made.get(language);
    if (known !== undefined) return known;
    const fresh = make(language);
    made.set(language, fresh);
    return fresh;
  };
}

const wholes = perLanguage((language) => new Intl.NumberFormat(language, { maximumFractionDigits: 0 }));
const decimals = perLanguage((language) => new Intl.NumberFormat(language, { maximumFractionDigits: 1 }));
const times = perLanguage(
  (language) =>
    new Intl.DateTimeFormat(language, {
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hour12: false,
    }),
);
const exactTimes = perLanguage(
  (language) =>
    new Intl.DateTimeFormat(language, {
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      fractionalSecondDigits: 3,
      hour12: false,
    }),
);
const dates = perLanguage(
  (language) => new Intl.DateTimeFormat(language, { dateStyle: 'short', timeStyle: 'medium', hour12: false }),
);

const lists = perLanguage((language) => new Intl.ListFormat(language, { type: 'conjunction' }));

/** Names one after another: `Kafka, Cassandra, and Spark master`. */
export const list = (names: readonly string[]): string => lists().format(names);
/** 0.426 → `42 %`: never 100 before it is all there. */
export const percent = (share: number): string => `${whole(Math.floor(share * 100))} %`;
/** 1234 → `1,234` or `1.234`. */
export const whole = (value: number): string => wholes().format(value);
/** At most one digit behind the comma. */
export const decimal = (value: number): string => decimals().format(value);
/** A pace: whole from ten on. */
export const perSecond = (value: number): string => `${value >= 10 ? whole(value) : decimal(value)}/s`;
/** Epoch ms → `14:03:09`. */
export const time = (at: number): string => times().format(at);
/** Epoch ms → `14:03:09.123`. */
export const exactTime = (at: number): string => exactTimes().format(at);
/** Epoch ms → date and time. */
export const dateTime = (at: number): string => dates().format(at);

const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const;
const stepOf = (size: number): number =>
  size < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(size) / 10));

/** Bytes in the largest unit that leaves a digit before the comma. */
export function bytes(size: number): string {
  const step = stepOf(size);
  return `${decimal(size / 1024 ** step)} ${units[step] ?? 'B'}`;
}

/** Both in the limit's unit, with tenths where that is small: `481 / 768 MiB`, `0.8 / 1.3 GiB`. */
export function bytesWithin(used: number, limit: number): string {
  const step = stepOf(limit);
  const [part, all] = [used / 1024 ** step, limit / 1024 ** step] as const;
  const write = all < 10 ? decimal : whole;
  return `${write(part)} / ${write(all)} ${units[step] ?? 'B'}`;
}

/** A time span in words of its size: `340 ms`, `4.2 s`, `3 min 05 s`, `2 h 10 min`. */
export function span(ms: number): string {
  if (ms < 1_000) return `${whole(ms)} ms`;
  if (ms < 60_000) return `${decimal(ms / 1_000)} s`;
  const two = (value: number): string => String(value).padStart(2, '0');
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 60) return `${minutes} min ${two(Math.floor((ms % 60_000) / 1_000))} s`;
  return `${whole(Math.floor(minutes / 60))} h ${two(minutes % 60)} min`;
}
