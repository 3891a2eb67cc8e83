// What a person may write for places, and when two of them are one.
import { describe, expect, it } from 'vitest';
import { capitals } from '../../words/weather-facts.ts';
import { distinct, readPlaces, toDegrees } from './places.ts';

describe('places in writing', () => {
  it.each([
    ['São Paulo', [{ name: 'São Paulo' }]],
    ['Natal, Recife;Rio Branco ,', [{ name: 'Natal' }, { name: 'Recife' }, { name: 'Rio Branco' }]],
    [
      'Natal; -5.79447,-35.211; Recife',
      [
        { name: 'Natal' },
        { name: '-5.7945, -35.2110', latitude: -5.79447, longitude: -35.211 },
        { name: 'Recife' },
      ],
    ],
    [
      '0,0,90,-180',
      [
        { name: '0.0000, 0.0000', latitude: 0, longitude: 0 },
        { name: '90.0000, -180.0000', latitude: 90, longitude: -180 },
      ],
    ],
  ])('%s', (text, wanted) => {
    expect(readPlaces(text)).toEqual(wanted);
  });

  it.each(['', ' ,; ', '91,0', '-90.001,0', '0,180.5', '12', '12;Natal'])('refuses %j', (text) => {
    expect(() => readPlaces(text)).toThrow(expect.objectContaining({ code: 'BAD_INPUT' }));
  });
});

describe('coordinates', () => {
  it('are kept to 4 decimals, halves away from zero, without a negative zero', () => {
    expect([0.03125, -0.03125, -0.00001, 51.50853].map(toDegrees)).toEqual([0.0313, -0.0313, 0, 51.5085]);
  });

  it('make two places one where they are the same', () => {
    const twice = { name: 'the same', latitude: -3.10192, longitude: -60.02499 };
    expect(distinct([...capitals, twice])).toEqual(capitals);
    expect(distinct([twice])).toEqual([{ name: 'the same', latitude: -3.1019, longitude: -60.025 }]);
  });
});
