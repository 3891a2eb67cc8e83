// The weather lab on the real command line: from a server in Open-Meteo's shape to SQLite and CSV, and what may fail.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openWeatherApi, refuseWith, type WeatherApi } from '../weather-api.ts';
import { cli, startCli } from './lab.ts';
import { expectTold, languages, type Told } from './told.ts';

const made: { root: string; data: string; api: WeatherApi | undefined } = {
  root: '',
  data: '',
  api: undefined,
};
function api(): WeatherApi {
  if (!made.api) throw new Error('no server');
  return made.api;
}
beforeAll(async () => {
  made.api = await openWeatherApi();
  made.root = await mkdtemp(join(tmpdir(), 'riacho-weather-cli-'));
});
beforeEach(async () => {
  made.data = await mkdtemp(join(made.root, 'data-'));
  api().refusal = undefined;
  api().asked.length = 0;
});
afterAll(async () => {
  await made.api?.close();
  await rm(made.root, { recursive: true });
});

const weather = (command: string, ...args: string[]) =>
  cli(['weather', command, '--data-dir', made.data, ...args]);
const run = (...args: string[]) => weather('run', '--url', api().url, '--json', ...args);
const summaryOf = ({ events }: { events: Record<string, unknown>[] }) =>
  events.find(({ event }) => event === 'summary');

it('comes from the API into the database and the CSV, once, however often it is extracted', async () => {
  const csv = join(made.data, 'clima.csv');
  const places = ['--places', 'sao paulo; Natal; -33.45,-70.66'];
  const ended = await run(...places, '--count', '1', '--csv', csv, '--lang', 'pt-BR');
  expect(ended.code).toBe(0);
  expect(summaryOf(ended)).toMatchObject({ runs: 1, added: 3, known: 0, pending: 0, source: 'open-meteo' });
  expect(api().asked.map((query) => query.get('latitude'))).toEqual(['-23.5475,-5.7945,-33.45']);
  const text = await readFile(csv, 'utf8');
  expect(text).toBe(
    [
      'place,time,temperature_c,wind_speed_kmh,weather_code,condition,humidity_pct,visibility_m',
      'Natal,2026-11-23T10:15:00Z,-5.7945,4.7,63,chuva moderada,80,24140',
      'São Paulo,2026-11-23T10:15:00Z,-23.5475,4.7,63,chuva moderada,80,24140',
      '"\'-33.4500, -70.6600",2026-11-23T10:15:00Z,-33.45,4.7,63,chuva moderada,80,24140',
      '',
    ].join('\r\n'),
  );
  const again = await run(...places, '--count', '2', '--every', '1s');
  expect(summaryOf(again)).toMatchObject({ runs: 2, added: 0, known: 6 });
  const { events } = await weather('rows', '--json', '--limit', '2');
  expect(events.map(({ row }) => row)).toMatchObject([{ place: 'Natal' }, { place: 'São Paulo' }]);
  const english = join(made.data, 'weather.csv');
  expect(
    (await weather('export', '--csv', english, '--separator', ';', '--columns', 'condition,time')).code,
  ).toBe(0);
  expect(await readFile(english, 'utf8')).toMatch(
    /^condition;time\r\nmoderate rain;2026-11-23T10:15:00Z\r\n/,
  );
});

it('is generated where there is no network, said once, and labelled in the database', async () => {
  const ended = await weather('run', '--count', '2', '--json', '--source', 'offline', '--every', '1s');
  expect(summaryOf(ended)).toMatchObject({ runs: 2, added: 14, source: 'offline' });
  const { stdout } = await weather('rows');
  expect(stdout).toContain('offline (generated here)');
  expect(stdout).toContain('Weather data by Open-Meteo.com (CC BY 4.0)');
});

it('goes on until Ctrl-C without an end, and keeps what it has', async () => {
  const running = startCli([
    'weather',
    'run',
    '--source',
    'offline',
    '--every',
    '1s',
    '--json',
    '--data-dir',
    made.data,
  ]);
  await running.event(({ event, runs }) => event === 'extraction' && runs === 2);
  running.process.kill('SIGINT');
  const ended = await running.ended;
  expect(ended.code).toBe(130);
  expect((await weather('rows')).stdout).toContain(`of ${String(summaryOf(ended)?.['added'])} rows`);
});

describe('says in one sentence', () => {
  it.each([
    ['an unknown place', ['--places', 'Nenhures'], { error: 'PLACE_UNKNOWN', names: ['Nenhures'] }],
    ['coordinates out of range', ['--places', '12,200'], { error: 'BAD_INPUT', exit: 2, names: ['12,200'] }],
    [
      'a time of extraction that is none',
      ['--every', 'soon'],
      { error: 'BAD_INPUT', exit: 2, names: ['soon'] },
    ],
  ] satisfies [string, string[], Told][])('%s', async (_name, args, told) => {
    for (const language of languages) {
      const ended = await weather('run', '--url', api().url, '--count', '1', '--lang', language, ...args);
      expectTold(ended, language, told);
      expect(ended.stdout).toBe('');
    }
  });

  it('that the live API has something new every quarter of an hour only', async () => {
    const ended = await weather('run', '--every', '14m', '--count', '1');
    expectTold(ended, 'en', { error: 'BAD_INPUT', exit: 2, names: ['840 s < 15 min'] });
    expect(ended.stdout).toBe('');
  });

  it.each([
    [
      'a page for an answer',
      200,
      '<!doctype html><p>Wi-Fi</p>',
      { error: 'SOURCE_NOT_API', names: ['no JSON'] },
    ],
    [
      'a refusal with its reason',
      400,
      '{"error":true,"reason":"Latitude must be in range of -90 to 90°."}',
      { error: 'SOURCE_REFUSED', names: ['Latitude must be in range'] },
    ],
  ] satisfies [string, number, string, Told][])('%s', async (_name, status, body, told) => {
    api().refusal = refuseWith(status, body);
    const ended = await weather('run', '--url', api().url, '--count', '1');
    expectTold(ended, 'en', told);
    expect(ended.stdout).toContain('Done: 1 extractions, 0 new rows');
  });
});

it.each([
  ['429', 429, { 'retry-after': '1' }],
  ['503', 503, {}],
])('waits and asks again after %s, and then has it', async (_name, status, headers) => {
  api().refusal = refuseWith(status, 'busy', headers);
  const running = startCli([
    'weather',
    'run',
    '--url',
    api().url,
    '--count',
    '1',
    '--json',
    '--data-dir',
    made.data,
  ]);
  const notice = await running.event(({ event }) => event === 'notice');
  expect(notice).toMatchObject({ kind: 'waits', fault: { code: 'SOURCE_UNREACHABLE' } });
  api().refusal = undefined;
  const ended = await running.ended;
  expect(ended.code).toBe(0);
  expect(summaryOf(ended)).toMatchObject({ added: 7 });
});

it('loses nothing that came while another program held the database', async () => {
  await run('--count', '1');
  api().time = '2026-11-23T10:30';
  const other = new DatabaseSync(join(made.data, 'weather.sqlite'));
  other.exec('BEGIN IMMEDIATE');
  const running = startCli([
    'weather',
    'run',
    '--url',
    api().url,
    '--count',
    '1',
    '--json',
    '--data-dir',
    made.data,
  ]);
  await running.event(
    ({ event, fault }) => event === 'notice' && JSON.stringify(fault).includes('DATABASE_LOCKED'),
  );
  other.exec('ROLLBACK');
  other.close();
  expect(summaryOf(await running.ended)).toMatchObject({ added: 7, pending: 0 });
});

it('touches no file that is no database, and says so', async () => {
  const file = join(made.data, 'weather.sqlite');
  writeFileSync(file, 'somebody’s notes\n'.repeat(100));
  const ended = await weather('run', '--url', api().url, '--for', '2s');
  expectTold(ended, 'en', { error: 'DATABASE_UNREADABLE', names: [file] });
  expect(await readFile(file, 'utf8')).toMatch(/^somebody’s notes/);
  expectTold(await weather('rows'), 'en', { error: 'DATABASE_UNREADABLE', names: [file] });
});
