// Places as a person writes them: names and coordinates, and when two of them are one.
import { RiachoError } from '../../words/errors.ts';
import { capitals } from '../../words/weather-facts.ts';
import { latitude, longitude, type Place } from '../../words/weather.ts';

/** A name to be found, or a place that is known already. */
export type Wanted = { name: string } | Place;

/** Degrees as they are kept: to 4 decimals, some 11 metres; never a negative zero. */
export function toDegrees(value: number): number {
  return Number(value.toFixed(4)) + 0;
}

/** The same for two places with the same coordinates. */
export function keyOf(place: Pick<Place, 'latitude' | 'longitude'>): string {
  return `${toDegrees(place.latitude).toFixed(4)},${toDegrees(place.longitude).toFixed(4)}`;
}

/** Each place once, with its coordinates as they are kept; of two names for one place the first stays. */
export function distinct(places: readonly Place[]): Place[] {
  const byKey = new Map<string, Place>();
  for (const { name, ...at } of places) {
    const kept = { name, latitude: toDegrees(at.latitude), longitude: toDegrees(at.longitude) };
    if (!byKey.has(keyOf(kept))) byKey.set(keyOf(kept), kept);
  }
  return [...byKey.values()];
}

const isNumber = (text: string): boolean => /^[+-]?\d+(?:\.\d+)?$/.test(text);

/**
 * `Natal; -5.79,-35.21; Recife`: names and pairs of coordinates, separated by commas or semicolons. Throws `BAD_INPUT`
 * {detail} for a number without its partner or out of range, and where there is nothing.
 */
export function readPlaces(text: string): Wanted[] {
  const words = text
    .split(/[;,]/)
    .map((word) => word.trim())
    .filter((word) => word !== '');
  const wanted: Wanted[] = [];
  while (words.length > 0) {
    const [first = '', second = ''] = words.splice(0, isNumber(words[0] ?? '') ? 2 : 1);
    wanted.push(isNumber(first) ? atCoordinates(first, second) : { name: first });
  }
  if (wanted.length === 0) throw new RiachoError('BAD_INPUT', { detail: 'no place' });
  return wanted;
}

function atCoordinates(first: string, second: string): Place {
  const north = latitude.safeParse(Number(first));
  const east = longitude.safeParse(isNumber(second) ? Number(second) : undefined);
  if (!north.success || !east.success) {
    throw new RiachoError('BAD_INPUT', { detail: `${first},${second} (−90…90, −180…180)` });
  }
  const at = { latitude: north.data, longitude: east.data };
  return { name: keyOf(at).replace(',', ', '), ...at };
}

const plain = (name: string): string => name.normalize('NFD').replace(/\p{M}/gu, '').trim().toLowerCase();

/** One of the lab's own places by its name, with or without accents: nobody has to be asked for it. */
export function capitalNamed(name: string): Place | undefined {
  return capitals.find((capital) => plain(capital.name) === plain(name));
}
