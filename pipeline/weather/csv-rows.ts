// Rows of the database as rows of the CSV: the columns that are fixed, with the condition in words.
import { conditionOf, type WeatherLanguage } from '../../words/sentences/conditions.ts';
import type { WeatherColumn } from '../../words/weather-facts.ts';
import type { WeatherRow } from '../../words/weather.ts';
import type { Cell } from '../export/csv.ts';

export type CsvRow = Record<WeatherColumn, Cell>;

export function toCsvRow(row: WeatherRow, language: WeatherLanguage): CsvRow {
  const { place, time, temperature_c, wind_speed_kmh, weather_code, humidity_pct, visibility_m } = row;
  return {
    place,
    time,
    temperature_c,
    wind_speed_kmh,
    weather_code,
    condition: conditionOf(weather_code, language),
    humidity_pct,
    visibility_m,
  };
}

/** Page by page, as `exportCsv` takes them. */
export async function* csvPages(
  pages: AsyncIterable<readonly WeatherRow[]>,
  language: WeatherLanguage,
): AsyncGenerator<CsvRow[]> {
  for await (const page of pages) yield page.map((row) => toCsvRow(row, language));
}
