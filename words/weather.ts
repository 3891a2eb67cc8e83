// The `weather` lab's vocabulary as shapes: places, the row, and how the timer is. What is fixed stands in weather-facts.ts.
import { z } from 'zod';
import { fault } from './fault.ts';

export const latitude = z.number().min(-90).max(90);
export const longitude = z.number().min(-180).max(180);

/** Somewhere on Earth, in degrees; two with the same coordinates to 4 decimals are one. */
export const place = z.object({ name: z.string().trim().min(1).max(100), latitude, longitude });
export type Place = z.infer<typeof place>;

export const weatherSource = z.enum(['auto', 'open-meteo', 'offline']);
export type WeatherSource = z.infer<typeof weatherSource>;

/** Where rows really come from, once `auto` has decided. */
export const weatherOrigin = z.enum(['open-meteo', 'offline']);
export type WeatherOrigin = z.infer<typeof weatherOrigin>;

/** One place at one time, as it lies in the database; what the source did not say is null. */
export const weatherRow = z.object({
  place: z.string(),
  latitude,
  longitude,
  /** ISO 8601 in UTC, to the second: `2026-09-29T00:45:00Z`. */
  time: z.string(),
  temperature_c: z.number().nullable(),
  wind_speed_kmh: z.number().nullable(),
  /** A code of WMO's table 4677, as Open-Meteo uses it. */
  weather_code: z.number().int().nullable(),
  humidity_pct: z.number().nullable(),
  visibility_m: z.number().nullable(),
  source: weatherOrigin,
});
export type WeatherRow = z.infer<typeof weatherRow>;

/** What the timer waits for when it cannot go on; it goes on by itself. */
export const timerState = z.discriminatedUnion('status', [
  z.object({ status: z.literal('off') }),
  /** Asks the source, or writes. */
  z.object({ status: z.literal('working') }),
  /** Epoch ms. */
  z.object({ status: z.literal('resting'), nextAt: z.number() }),
  z.object({ status: z.literal('waiting'), for: z.enum(['source', 'database']), fault, nextAt: z.number() }),
]);
export type TimerState = z.infer<typeof timerState>;

/** How the periodic extraction goes. */
export const weatherFrame = z.object({
  state: timerState,
  /** Extractions that have ended, well or not, since the timer was started. */
  runs: z.number().int(),
  /** Rows that were new, and rows that were there already. */
  added: z.number().int(),
  known: z.number().int(),
  /** Rows at hand that could not be written yet. */
  pending: z.number().int(),
  origin: weatherOrigin.optional(),
  /** Why `auto` went on with `offline`, where it did. */
  fellBack: fault.optional(),
  /** What kept the last extraction from its end; gone with the next that gets there. */
  fault: fault.optional(),
  /** Epoch ms of the last extraction that brought rows. */
  lastAt: z.number().optional(),
  /** What was asked for. */
  places: z.array(place),
  everyMs: z.number(),
  source: weatherSource,
});
export type WeatherFrame = z.infer<typeof weatherFrame>;

/** A place in the database, under the name it had last. */
export const placeSummary = z.object({
  place: z.string(),
  latitude,
  longitude,
  rows: z.number().int(),
  /** Of these, generated on this machine. */
  generated: z.number().int(),
  /** ISO 8601 in UTC. */
  lastTime: z.string(),
});
export type PlaceSummary = z.infer<typeof placeSummary>;

const mean = z.number().nullable();
/** What was measured over some time. */
export const seriesPoint = z.object({
  /** Epoch seconds at which the time of this mean ends. */
  at: z.number(),
  temperature_c: mean,
  wind_speed_kmh: mean,
  humidity_pct: mean,
  visibility_m: mean,
});
export type SeriesPoint = z.infer<typeof seriesPoint>;
