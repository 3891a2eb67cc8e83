// What `auto` decides, once.
import { expect, it } from 'vitest';
import { RiachoError, type Fault } from '../../words/errors.ts';
import { capitals } from '../../words/weather-facts.ts';
import { SourceUnreachable } from '../sources/faults.ts';
import { createOfflineSource, weatherAt } from './offline.ts';
import { createAutoSource } from './open-source.ts';
import type { Source } from './source.ts';

const never = new AbortController().signal;
const away = new SourceUnreachable({ url: 'http://api', detail: 'ENOTFOUND' });

/** A live source whose takes end as given, one after another. */
function auto(...ends: ('well' | Error)[]) {
  const said: Fault[] = [];
  const live: Source = {
    origin: 'open-meteo',
    take: async (places) => {
      const end = ends.shift();
      if (end instanceof Error) throw end;
      return places.map((place) => ({ ...weatherAt(place, 0), source: 'open-meteo' as const }));
    },
  };
  const onFallback = (fault: Fault): void => void said.push(fault);
  const source = createAutoSource({ live, offline: createOfflineSource(), onFallback });
  return { source, said, origins: async () => (await source.take(capitals, never)).map((row) => row.source) };
}

it('generates from the first take on where the live API does not answer it, and says so once', async () => {
  const { source, said, origins } = auto(away, 'well');
  expect(new Set(await origins())).toEqual(new Set(['offline']));
  expect(new Set(await origins())).toEqual(new Set(['offline']));
  expect(said).toEqual([away.fault]);
  expect(source.origin).toBe('offline');
});

it('puts nothing generated between real rows: a later fault is told', async () => {
  const { said, origins } = auto('well', away, 'well');
  await origins();
  await expect(origins()).rejects.toBe(away);
  expect(new Set(await origins())).toEqual(new Set(['open-meteo']));
  expect(said).toEqual([]);
});

it('does not generate where the API refuses what was asked', async () => {
  const refused = new RiachoError('SOURCE_REFUSED', { url: 'http://api', detail: 'no' });
  const { said, origins } = auto(refused);
  await expect(origins()).rejects.toBe(refused);
  expect(said).toEqual([]);
});

it('is not cancelled into generating', async () => {
  const stop = new AbortController();
  stop.abort();
  const { source, said } = auto(away);
  await expect(source.take(capitals, stop.signal)).rejects.toMatchObject({ code: 'CANCELLED' });
  expect(said).toEqual([]);
});
