// Recorded answers of Open-Meteo, and what a server can say in its place.
import { readFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { capitals } from '../../words/weather-facts.ts';
import type { Place } from '../../words/weather.ts';
import { SourceUnreachable } from '../sources/faults.ts';
import { createOpenMeteoSource, findPlace } from './open-meteo.ts';

const recorded = (name: string): string =>
  readFileSync(new URL(`../../tests/data/${name}.json`, import.meta.url), 'utf8');
const answer: { current: object }[] = JSON.parse(recorded('open-meteo-answer'));
const [first] = answer;
const beijing = { name: 'Pequim', latitude: 39.9042, longitude: 116.40739 };
const paris = { name: 'Paris', latitude: 48.85, longitude: 2.35 };
/** The first place's answer with other values. */
const withCurrent = (changes: object) => ({
  ...first,
  current: { ...first?.current, ...changes },
});
const never = new AbortController().signal;

const servers = new Set<ReturnType<typeof createServer>>();
afterEach(() => {
  for (const server of servers) server.close();
  servers.clear();
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.add(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return `http://127.0.0.1:${address.port}/v1/forecast`;
}

const say = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  serve((_request, response) =>
    response.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body)),
  );

const takeFrom = async (url: Promise<string>, places: Place[] = [beijing]) =>
  createOpenMeteoSource({ url: await url }).take(places, never);

const beijingRow = {
  place: 'Pequim',
  latitude: 39.9042,
  longitude: 116.4074,
  // 00:45 in Beijing, eight hours before: what the API says of its offset is heeded.
  time: '2026-09-28T16:45:00Z',
  temperature_c: 18.8,
  wind_speed_kmh: 4.7,
  weather_code: 3,
  humidity_pct: 80,
  visibility_m: 35_660,
  source: 'open-meteo',
};

describe('a recorded answer becomes rows', () => {
  it('of several places, which come as a list, with a null as it is', async () => {
    expect(await takeFrom(say(200, answer), [beijing, paris])).toEqual([
      beijingRow,
      {
        place: 'Paris',
        latitude: 48.85,
        longitude: 2.35,
        time: '2025-02-25T14:45:00Z',
        temperature_c: 8.8,
        wind_speed_kmh: 28.8,
        weather_code: 63,
        humidity_pct: 87,
        visibility_m: null,
        source: 'open-meteo',
      },
    ]);
  });

  it('of one place, which comes as an object', async () => {
    expect(await takeFrom(say(200, first))).toEqual([beijingRow]);
  });

  it('without a variable, which then is null', async () => {
    expect(await takeFrom(say(200, withCurrent({ visibility: undefined })))).toEqual([
      { ...beijingRow, visibility_m: null },
    ]);
  });
});

it('asks for all places at once, for what the row needs, in GMT, and keeps a query of the address', async () => {
  const asked: (string | undefined)[] = [];
  const url = await serve((request, response) => {
    asked.push(request.url);
    response.end(JSON.stringify(answer));
  });
  await createOpenMeteoSource({ url: `${url}?apikey=k` }).take([beijing, paris], never);
  const { searchParams } = new URL(asked[0] ?? '', url);
  expect(Object.fromEntries(searchParams)).toEqual({
    apikey: 'k',
    latitude: '39.9042,48.85',
    longitude: '116.40739,2.35',
    current: 'temperature_2m,wind_speed_10m,weather_code,relative_humidity_2m,visibility',
    timezone: 'GMT',
  });
});

describe('refuses what is no weather, for good', () => {
  it.each([
    ['a page', 200, '<!doctype html><p>Entrar</p>', 'SOURCE_NOT_API', 'no JSON'],
    ['other JSON', 200, { status: 'ok' }, 'SOURCE_NOT_API', '0.current ≠ object'],
    ['fewer places', 200, [], 'SOURCE_NOT_API', '0 ≠ 1'],
    [
      'another unit',
      200,
      { ...first, current_units: { temperature_2m: '°F' } },
      'SOURCE_NOT_API',
      'temperature_2m: °F ≠ °C',
    ],
    [
      'text for a number',
      200,
      withCurrent({ temperature_2m: '18' }),
      'SOURCE_NOT_API',
      '0.current.temperature_2m ≠ number',
    ],
    [
      'a day that is none',
      200,
      withCurrent({ time: '2026-13-01T00:00' }),
      'SOURCE_NOT_API',
      '0.current.time',
    ],
    ['an error with 200', 200, { error: true, reason: 'no data' }, 'SOURCE_NOT_API', 'no data'],
    ['404', 404, 'nothing here', 'SOURCE_NOT_API', 'HTTP 404'],
    [
      '400 with a reason',
      400,
      { error: true, reason: 'Latitude must be in range' },
      'SOURCE_REFUSED',
      'Latitude must be in range',
    ],
  ])('%s', async (_name, status, body, code, detail) => {
    await expect(takeFrom(say(status, body))).rejects.toMatchObject({ code, params: { detail } });
  });
});

describe('says that asking again makes sense', () => {
  it.each([
    ['429', 429, { error: true, reason: 'Minutely API request limit exceeded.' }, 'HTTP 429'],
    ['500', 500, 'oops', 'HTTP 500'],
    ['an answer cut off', 200, '[{"current":{', 'answer cut off'],
  ])('after %s', async (_name, status, body, detail) => {
    await expect(takeFrom(say(status, body, { 'retry-after': '7' }))).rejects.toMatchObject({
      code: 'SOURCE_UNREACHABLE',
      params: { detail },
    });
  });

  it('as long after as the API says', async () => {
    const error: unknown = await takeFrom(say(429, '', { 'retry-after': '7' })).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(SourceUnreachable);
    expect(error).toMatchObject({ retryAfterMs: 7_000 });
  });

  it('without a network', async () => {
    const source = createOpenMeteoSource({ url: 'http://127.0.0.1:1/v1/forecast' });
    await expect(source.take([beijing], never)).rejects.toMatchObject({
      code: 'SOURCE_UNREACHABLE',
      params: { detail: expect.stringMatching(/ECONNREFUSED|bad port/) },
    });
  });

  it('of nobody who answers in time', async () => {
    const url = await serve(() => undefined);
    const source = createOpenMeteoSource({ url, timeoutMs: 50 });
    await expect(source.take([beijing], never)).rejects.toMatchObject({ code: 'SOURCE_UNREACHABLE' });
    for (const server of servers) server.closeAllConnections();
  });
});

describe('a place by its name', () => {
  it('is looked up beside the forecast', async () => {
    const asked: (string | undefined)[] = [];
    const url = await serve((request, response) => {
      asked.push(request.url);
      response.end(recorded('open-meteo-geocoding-answer'));
    });
    expect(await findPlace('Bonn', { asks: true, url })).toEqual({
      name: 'Bonn',
      latitude: 50.7344,
      longitude: 7.0955,
    });
    expect(asked[0]).toMatch(/^\/v1\/search\?name=Bonn&/);
  });

  it('is PLACE_UNKNOWN where nobody knows it, and where nobody may be asked', async () => {
    const unknown = { code: 'PLACE_UNKNOWN', params: { place: 'Xyz' } };
    const url = await say(200, { generationtime_ms: 0.5 });
    await expect(findPlace('Xyz', { asks: true, url })).rejects.toMatchObject(unknown);
    await expect(findPlace('Xyz', { asks: false })).rejects.toMatchObject(unknown);
  });

  it('is one of the capitals without a question, with or without accents', async () => {
    expect(await findPlace(' sao paulo', { asks: false })).toEqual(capitals[5]);
  });
});
