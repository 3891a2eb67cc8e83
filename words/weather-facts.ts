// What is fixed of the `weather` lab: its columns, its places, its step, its licence. Apart from the shapes, which a page
// does without until it takes something in.
import type { Place } from './weather.ts';

/** The columns of the CSV, in its order. `condition` is the weather code in words, in a language. */
export const weatherColumns = [
  'place',
  'time',
  'temperature_c',
  'wind_speed_kmh',
  'weather_code',
  'condition',
  'humidity_pct',
  'visibility_m',
] as const;
export type WeatherColumn = (typeof weatherColumns)[number];

/** What is measured, and drawn. */
export const weatherVariables = ['temperature_c', 'wind_speed_kmh', 'humidity_pct', 'visibility_m'] as const;
export type WeatherVariable = (typeof weatherVariables)[number];

/** The data's own step, and so the shortest time after which the live API has something new. */
export const weatherStepMs = 15 * 60_000;

/** Open-Meteo gives an address 10,000 answers a day, one a place: so many every quarter of an hour. */
export const placesMax = 100;

/** The lab's own places: seven capitals from north to south. */
export const capitals: readonly Readonly<Place>[] = [
  { name: 'Manaus', latitude: -3.1019, longitude: -60.025 },
  { name: 'Fortaleza', latitude: -3.7172, longitude: -38.5431 },
  { name: 'Recife', latitude: -8.0539, longitude: -34.8811 },
  { name: 'Brasília', latitude: -15.7797, longitude: -47.9297 },
  { name: 'Rio de Janeiro', latitude: -22.9064, longitude: -43.1822 },
  { name: 'São Paulo', latitude: -23.5475, longitude: -46.6361 },
  { name: 'Porto Alegre', latitude: -30.0328, longitude: -51.2302 },
];
