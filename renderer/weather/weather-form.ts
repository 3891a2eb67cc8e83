// What the extraction card asks for, kept on this machine from one time to the next.
import { useLocalStorage } from '@mantine/hooks';
import type { WeatherInput } from '../../contract/contract.ts';
import { capitals, placesMax, weatherStepMs } from '../../words/weather-facts.ts';
import type { Place, WeatherSource } from '../../words/weather.ts';
import { fieldOf } from '../api/field-of.ts';

export const sources = ['auto', 'open-meteo', 'offline'] as const satisfies WeatherSource[];

export interface WeatherForm {
  source: WeatherSource;
  everyMs: number;
  places: readonly Place[];
}

const fresh: WeatherForm = { source: 'auto', everyMs: weatherStepMs, places: capitals };

/** Times between two extractions: the live API has something new every quarter of an hour. */
export function intervalsOf({ source }: Pick<WeatherForm, 'source'>): readonly number[] {
  return source === 'offline'
    ? [5_000, 60_000, weatherStepMs]
    : [weatherStepMs, 2 * weatherStepMs, 4 * weatherStepMs];
}

/** The time that is in force: one that this source has. */
export function everyOf(form: WeatherForm): number {
  return intervalsOf(form).includes(form.everyMs) ? form.everyMs : weatherStepMs;
}

/** What is asked of the app. */
export function toWeatherInput(form: WeatherForm): WeatherInput {
  return { source: form.source, everyMs: everyOf(form), places: [...form.places] };
}

/** The same for two places that are one. */
export function keyOf({ latitude, longitude }: Pick<Place, 'latitude' | 'longitude'>): string {
  return `${latitude.toFixed(4)},${longitude.toFixed(4)}`;
}

/** Those that are new are added behind, as many as there may be. */
export function withPlaces(known: readonly Place[], found: readonly Place[]): Place[] {
  const keys = new Set(known.map(keyOf));
  return [...known, ...found.filter((place) => !keys.has(keyOf(place)))].slice(0, placesMax);
}

function recalledPlace(kept: unknown): Place[] {
  const [name, latitude, longitude] = ['name', 'latitude', 'longitude'].map((part) => fieldOf(kept, part));
  const isPlace = typeof name === 'string' && typeof latitude === 'number' && typeof longitude === 'number';
  return isPlace && Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180
    ? [{ name, latitude, longitude }]
    : [];
}

/** The form as it was kept; a part that is none any more counts for nothing. */
export function recalledForm(text: string | undefined): WeatherForm {
  let kept: unknown;
  try {
    kept = JSON.parse(text ?? '');
  } catch {
    return fresh;
  }
  const everyMs = fieldOf(kept, 'everyMs');
  const places = fieldOf(kept, 'places');
  return {
    source: sources.find((source) => source === fieldOf(kept, 'source')) ?? fresh.source,
    everyMs: typeof everyMs === 'number' ? everyMs : fresh.everyMs,
    places: Array.isArray(places) ? places.flatMap(recalledPlace).slice(0, placesMax) : fresh.places,
  };
}

/** The form and how to change parts of it. */
export function useWeatherForm(): [WeatherForm, (patch: Partial<WeatherForm>) => void] {
  const [value, setValue] = useLocalStorage<WeatherForm>({
    key: 'riacho-weather',
    defaultValue: fresh,
    getInitialValueInEffect: false,
    deserialize: recalledForm,
  });
  return [value, (patch) => setValue((now) => ({ ...now, ...patch }))];
}
