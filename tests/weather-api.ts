// A server of this machine in the shape of Open-Meteo's two APIs, which fails in the ways that a test asks for.
import { createServer, type ServerResponse } from 'node:http';

/** What is answered instead of weather. */
export type Refusal = (response: ServerResponse) => void;

export interface WeatherApi {
  /** Of the forecast; places are found at `search` beside it. */
  url: string;
  /** The queries of the forecast so far. */
  asked: URLSearchParams[];
  /** What is said for now; undefined is weather. */
  refusal: Refusal | undefined;
  /** The quarter of an hour that is told, `2026-11-23T10:15`. */
  time: string;
  close(): Promise<void>;
}

export const refuseWith =
  (status: number, body: string, headers: Record<string, string> = {}): Refusal =>
  (response) =>
    response.writeHead(status, headers).end(body);

const units = {
  time: 'iso8601',
  interval: 'seconds',
  temperature_2m: '°C',
  relative_humidity_2m: '%',
  wind_speed_10m: 'km/h',
  weather_code: 'wmo code',
  visibility: 'm',
};

/** Weather that can be told apart: a place's latitude is its temperature. */
function forecast(query: URLSearchParams, time: string): unknown {
  const latitudes = query.get('latitude')?.split(',').map(Number) ?? [];
  const longitudes = query.get('longitude')?.split(',').map(Number) ?? [];
  const list = latitudes.map((latitude, index) => ({
    latitude: Math.round(latitude),
    longitude: Math.round(longitudes[index] ?? 0),
    utc_offset_seconds: 0,
    ...(index > 0 && { location_id: index }),
    current_units: units,
    current: {
      time,
      interval: 900,
      temperature_2m: latitude,
      relative_humidity_2m: 80,
      wind_speed_10m: 4.7,
      weather_code: 63,
      visibility: 24_140,
    },
  }));
  return list.length === 1 ? list[0] : list;
}

/** Knows one town, Natal. Close it. */
export async function openWeatherApi(host = '127.0.0.1'): Promise<WeatherApi> {
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://x');
    if (pathname === '/v1/search') {
      const results = [{ name: 'Natal', latitude: -5.79447, longitude: -35.211 }];
      response.end(JSON.stringify(searchParams.get('name') === 'Natal' ? { results } : {}));
      return;
    }
    api.asked.push(searchParams);
    if (api.refusal) api.refusal(response);
    else response.end(JSON.stringify(forecast(searchParams, api.time)));
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const api: WeatherApi = {
    url: `http://127.0.0.1:${address.port}/v1/forecast`,
    asked: [],
    refusal: undefined,
    time: '2026-11-23T10:15',
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return api;
}
