// Generated weather: the same for the same place and time, plausible everywhere.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { conditionsEn } from '../../words/sentences/conditions.ts';
import { capitals } from '../../words/weather-facts.ts';
import { createOfflineSource, weatherAt } from './offline.ts';

const never = new AbortController().signal;
const at = Date.UTC(2026, 10, 23, 10, 21, 47);

it('is that of the quarter of an hour that has begun last, again and again the same', async () => {
  const rows = await createOfflineSource({ now: () => at }).take(capitals, never);
  expect(rows.map(({ place, time }) => [place, time])).toEqual(
    capitals.map(({ name }) => [name, '2026-11-23T10:15:00Z']),
  );
  expect(await createOfflineSource({ now: () => at + 60_000 }).take(capitals, never)).toEqual(rows);
});

it('has finer steps where it is wanted more often, and never coarser ones', async () => {
  const timeAt = async (everyMs: number) => {
    const [row] = await createOfflineSource({ everyMs, now: () => at }).take(capitals.slice(0, 1), never);
    return row?.time;
  };
  expect([await timeAt(5_000), await timeAt(86_400_000), await timeAt(1)]).toEqual([
    '2026-11-23T10:21:45Z',
    '2026-11-23T10:15:00Z',
    '2026-11-23T10:21:47Z',
  ]);
});

it('is plausible anywhere at any time, and says that it was generated', () => {
  const place = fc.record({
    name: fc.constant('x'),
    latitude: fc.double({ min: -90, max: 90, noNaN: true }),
    longitude: fc.double({ min: -180, max: 180, noNaN: true }),
  });
  fc.assert(
    fc.property(place, fc.integer({ min: 0, max: 4e12 }), (where, when) => {
      const row = weatherAt(where, when);
      expect(row).toEqual(weatherAt(where, when));
      expect(row.source).toBe('offline');
      expect(Math.abs((row.temperature_c ?? 99) - 12)).toBeLessThan(30);
      expect(row.humidity_pct).toBeGreaterThanOrEqual(10);
      expect(row.humidity_pct).toBeLessThanOrEqual(100);
      expect(row.wind_speed_kmh).toBeGreaterThanOrEqual(0);
      expect(row.visibility_m).toBeGreaterThan(0);
      expect(Object.keys(conditionsEn)).toContain(String(row.weather_code));
    }),
  );
});
