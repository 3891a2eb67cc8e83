// The live API: the weather of several places with one request, and a place by its name.
// Does not pace or repeat: how often to ask, and when again, is the timer's business.
import { z } from 'zod';
import { RiachoError } from '../../words/errors.ts';
import type { Place, WeatherRow } from '../../words/weather.ts';
import { askApi, sayable, webAddress } from '../sources/web-api.ts';
import { capitalNamed, toDegrees } from './places.ts';
import { timeText, type Source } from './source.ts';

/**
 * Source: open-meteo.com/en/docs and /en/docs/geocoding-api. Free for an address: 600 questions a minute, 10,000 a day, each
 * place counting as one: hence `placesMax`.
 */
const forecastUrl = 'https://api.open-meteo.com/v1/forecast';
const geocodingUrl = 'https://geocoding-api.open-meteo.com/v1/search';

/** From connecting to the last byte. */
const requestTimeoutMs = 15_000;

/** What is asked for, by our column, and the unit in which it is kept. */
const fields = {
  temperature_c: { name: 'temperature_2m', unit: '°C' },
  wind_speed_kmh: { name: 'wind_speed_10m', unit: 'km/h' },
  weather_code: { name: 'weather_code', unit: 'wmo code' },
  humidity_pct: { name: 'relative_humidity_2m', unit: '%' },
  visibility_m: { name: 'visibility', unit: 'm' },
} as const;

const measured = z.number().nullable().default(null);
const answerOfOne = z.object({
  utc_offset_seconds: z.number().int().default(0),
  current_units: z.record(z.string(), z.string()).default({}),
  current: z.object({
    time: z
      .string()
      .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?$/)
      .refine((time) => !Number.isNaN(Date.parse(`${time}Z`))),
    temperature_2m: measured,
    wind_speed_10m: measured,
    weather_code: z.number().int().nullable().default(null),
    relative_humidity_2m: measured,
    visibility: measured,
  }),
});
type AnswerOfOne = z.infer<typeof answerOfOne>;

/** One place comes as an object, several as a list. */
const answer = z.preprocess((given) => (Array.isArray(given) ? given : [given]), z.array(answerOfOne));

export interface OpenMeteoOptions {
  /** Another address that answers as the forecast API does; names are then looked up at `search` beside it. */
  url?: string | undefined;
  timeoutMs?: number;
}

/** The API at `url`. Faults: those of `askApi`, and `BAD_INPUT` {detail} at once for what is no web address. */
export function createOpenMeteoSource(options: OpenMeteoOptions = {}): Source {
  const { timeoutMs = requestTimeoutMs } = options;
  const address = forecastAddress(options.url);
  return {
    origin: 'open-meteo',
    async take(places, signal) {
      const url = new URL(address);
      const all = (of: (place: Place) => number): string => places.map((place) => of(place)).join(',');
      url.searchParams.set(
        'latitude',
        all((place) => place.latitude),
      );
      url.searchParams.set(
        'longitude',
        all((place) => place.longitude),
      );
      url.searchParams.set(
        'current',
        Object.values(fields)
          .map(({ name }) => name)
          .join(','),
      );
      url.searchParams.set('timezone', 'GMT');
      const found = await askApi({ url, shape: answer, timeoutMs, signal });
      return rowsOf(found, places, sayable(url));
    },
  };
}

function forecastAddress(url: string | undefined): URL {
  const address = webAddress(url ?? forecastUrl);
  if (address.pathname === '/') address.pathname = '/v1/forecast';
  return address;
}

function rowsOf(found: readonly AnswerOfOne[], places: readonly Place[], url: string): WeatherRow[] {
  if (found.length !== places.length) {
    throw new RiachoError('SOURCE_NOT_API', { url, detail: `${found.length} ≠ ${places.length}` });
  }
  return places.map((place, index): WeatherRow => {
    const one = found[index];
    if (one === undefined) throw new RangeError('as many answers as places');
    refuseOtherUnits(one, url);
    const { current, utc_offset_seconds } = one;
    return {
      place: place.name,
      latitude: toDegrees(place.latitude),
      longitude: toDegrees(place.longitude),
      time: timeText(Date.parse(`${current.time}Z`) - utc_offset_seconds * 1_000),
      temperature_c: current.temperature_2m,
      wind_speed_kmh: current.wind_speed_10m,
      weather_code: current.weather_code,
      humidity_pct: current.relative_humidity_2m,
      visibility_m: current.visibility,
      source: 'open-meteo',
    };
  });
}

/** Degrees Fahrenheit under the name of Celsius would be worse than no row. */
function refuseOtherUnits({ current_units }: AnswerOfOne, url: string): void {
  for (const { name, unit } of Object.values(fields)) {
    const found = current_units[name] ?? unit;
    if (found !== unit)
      throw new RiachoError('SOURCE_NOT_API', { url, detail: `${name}: ${found} ≠ ${unit}` });
  }
}

const geocodingAnswer = z.object({
  results: z
    .array(z.object({ name: z.string().min(1), latitude: z.number(), longitude: z.number() }))
    .default([]),
});

/**
 * The place of that name: one of the lab's own without asking anybody, else the first that the API names, where it may be
 * asked. Rejects with `PLACE_UNKNOWN` {place}, or as `askApi`.
 */
export async function findPlace(
  name: string,
  {
    asks,
    url,
    signal = new AbortController().signal,
  }: { asks: boolean; url?: string | undefined; signal?: AbortSignal },
): Promise<Place> {
  const capital = capitalNamed(name);
  if (capital) return capital;
  if (!asks) throw new RiachoError('PLACE_UNKNOWN', { place: name });
  const asked = url === undefined ? new URL(geocodingUrl) : new URL('search', forecastAddress(url));
  asked.searchParams.set('name', name);
  asked.searchParams.set('count', '1');
  asked.searchParams.set('language', 'pt');
  asked.searchParams.set('format', 'json');
  const question = { url: asked, shape: geocodingAnswer, timeoutMs: requestTimeoutMs, signal };
  const [found] = (await askApi(question)).results;
  if (found === undefined) throw new RiachoError('PLACE_UNKNOWN', { place: name });
  return {
    name: found.name.slice(0, 100),
    latitude: toDegrees(found.latitude),
    longitude: toDegrees(found.longitude),
  };
}
