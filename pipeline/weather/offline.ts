// Weather made on this machine, for when there is no network: the same place at the same time has always the same.
// Plausible, not true: warm at noon, cool at night, warmer towards the equator, wet where it rains.
import { weatherStepMs } from '../../words/weather-facts.ts';
import type { Place, WeatherRow } from '../../words/weather.ts';
import { throwIfAborted } from '../sources/faults.ts';
import { createDice } from '../sources/seeded-dice.ts';
import { toDegrees } from './places.ts';
import { timeText, type Source } from './source.ts';

const hourMs = 3_600_000;
/** How long a sky stays as it is. */
const spellMs = 3 * hourMs;
/** Dry skies come more often than wet ones. */
const skies = [0, 0, 1, 1, 2, 2, 3, 3, 45, 51, 61, 63, 80, 95] as const;
const wet = 51;

export interface OfflineOptions {
  /** How far apart two rows of a place are at least, in ms: the live data's step, or less. */
  everyMs?: number;
  /** Epoch ms; tests set it. */
  now?: () => number;
}

/** Endless; each take gives the weather of the step that has begun last. */
export function createOfflineSource({
  everyMs = weatherStepMs,
  now = Date.now,
}: OfflineOptions = {}): Source {
  const step = Math.min(weatherStepMs, Math.max(1_000, everyMs));
  return {
    origin: 'offline',
    take(places, signal) {
      throwIfAborted(signal);
      const at = Math.floor(now() / step) * step;
      return Promise.resolve(places.map((place) => weatherAt(place, at)));
    },
  };
}

/** The weather that this machine makes up for a place and a time (epoch ms). */
export function weatherAt({ name, latitude, longitude }: Place, at: number): WeatherRow {
  const at4 = { latitude: toDegrees(latitude), longitude: toDegrees(longitude) };
  const seed =
    Math.round((at4.latitude + 90) * 10_000) * 4_000_000 + Math.round((at4.longitude + 180) * 10_000);
  const spell = createDice(seed + Math.floor(at / spellMs));
  const moment = createDice(seed + Math.floor(at / 1_000));
  const code = spell.pick(skies);
  const isWet = code >= wet;
  // The sun is highest when it is noon at this longitude.
  const hour = (at / hourMs + longitude / 15) % 24;
  const sun = Math.cos(((hour - 14) / 24) * 2 * Math.PI);
  const jitter = (spread: number): number => moment.int(-spread, spread) / 10;
  const temperature = 29 - Math.abs(latitude) * 0.35 + sun * (isWet ? 2.5 : 5.5) + jitter(8);
  const humidity = Math.round((isWet ? 86 : 64) - sun * 16 + jitter(30));
  return {
    place: name,
    ...at4,
    time: timeText(at),
    temperature_c: Math.round(temperature * 10) / 10,
    wind_speed_kmh: Math.round((spell.int(2, isWet ? 32 : 18) + 2 + jitter(20)) * 10) / 10,
    weather_code: code,
    humidity_pct: Math.max(10, Math.min(100, humidity)),
    visibility_m: code === 45 ? moment.int(2, 9) * 100 : isWet ? moment.int(20, 120) * 100 : 24_140,
    source: 'offline',
  };
}
