// What was kept of the form may be anything.
import { describe, expect, it } from 'vitest';
import { capitals, weatherStepMs } from '../../words/weather-facts.ts';
import { everyOf, intervalsOf, recalledForm, toWeatherInput, withPlaces } from './weather-form.ts';

const usual = { source: 'auto', everyMs: weatherStepMs, places: capitals };

describe('the form as it was kept', () => {
  it.each([undefined, '', 'x', 'null', '[]', '{"source":"twitter","everyMs":"1","places":7}'])(
    '%j is the usual one',
    (text) => {
      expect(recalledForm(text)).toEqual(usual);
    },
  );

  it('keeps what is right of it', () => {
    const natal = { name: 'Natal', latitude: -5.79, longitude: -35.2 };
    const kept = {
      source: 'offline',
      everyMs: 5_000,
      places: [natal, { name: 'x' }, { ...natal, latitude: 99 }],
    };
    expect(recalledForm(JSON.stringify(kept))).toEqual({
      source: 'offline',
      everyMs: 5_000,
      places: [natal],
    });
  });
});

it('asks the live API no more often than it has something new', () => {
  const form = { source: 'auto', everyMs: 5_000, places: capitals } as const;
  expect(toWeatherInput(form).everyMs).toBe(weatherStepMs);
  expect(everyOf({ ...form, source: 'offline' })).toBe(5_000);
  for (const source of ['auto', 'open-meteo'] as const)
    expect(Math.min(...intervalsOf({ source }))).toBe(weatherStepMs);
});

it('has each place once, and no more than there may be', () => {
  const many = Array.from({ length: 120 }, (_, index) => ({
    name: `p${index}`,
    latitude: index / 2,
    longitude: 1,
  }));
  expect(withPlaces(capitals, capitals)).toEqual(capitals);
  expect(withPlaces(capitals, many)).toHaveLength(100);
});
