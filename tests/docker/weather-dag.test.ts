// The weather DAG on a real Airflow: from a server in the API's shape to the files that the app makes too.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { WeatherDatabase } from '../../pipeline/weather/database.ts';
import { capitals } from '../../words/weather-facts.ts';
import { cli, eventually } from '../integration/lab.ts';
import { openWeatherApi, refuseWith, type WeatherApi } from '../weather-api.ts';
import { docker, expectNoStack, removeStack } from './stack.ts';

const scheduler = 'dsaservidor-airflow-scheduler-1';
const airflow = (...args: string[]): Promise<string> => docker('exec', scheduler, 'airflow', ...args);
const stateList = z.array(z.object({ run_id: z.string(), state: z.string() }));
/** Of a task, how often it was tried. */
const triesOf = async (run: string): Promise<string> =>
  docker(
    'exec',
    scheduler,
    'sh',
    '-c',
    `ls /opt/airflow/logs/dag_id=riacho-weather/run_id=${run}/task_id=*/`,
  );

describe('the weather DAG on Airflow', () => {
  let api: WeatherApi;
  let url: string;
  let folder: string;
  beforeAll(async () => {
    await expectNoStack();
    const { code, stderr } = await cli(['up', '--detach', '--engine', 'docker', '--profile', 'airflow']);
    if (code !== 0) throw new Error(stderr);
    api = await openWeatherApi('0.0.0.0');
    const format = '{{(index .IPAM.Config 0).Gateway}}';
    const host = await docker('network', 'inspect', 'dsaservidor_dsacademy', '--format', format);
    url = api.url.replace('127.0.0.1', host);
    folder = await mkdtemp(join(tmpdir(), 'riacho-dag-'));
  });
  afterAll(async () => {
    await api?.close();
    await removeStack();
    await rm(folder, { recursive: true, force: true });
  });

  async function run(id: string, conf: object): Promise<void> {
    await airflow(
      'dags',
      'trigger',
      'riacho-weather',
      '--run-id',
      id,
      '--conf',
      JSON.stringify({ url, ...conf }),
    );
  }
  async function listed(): Promise<z.infer<typeof stateList>> {
    const text = await airflow('dags', 'list-runs', '--dag-id', 'riacho-weather', '--output', 'json');
    return stateList.parse(JSON.parse(text.slice(text.indexOf('['))));
  }
  const ends = (id: string) =>
    eventually(
      `${id} succeeds`,
      async () => (await listed()).some(({ run_id, state }) => run_id === id && state === 'success'),
      150_000,
    );
  /** The DAG's files, brought here. */
  async function files(): Promise<{ database: WeatherDatabase; csv: string }> {
    await docker('cp', `${scheduler}:/opt/airflow/weather/.`, folder);
    const csv = await readFile(join(folder, 'weather.csv'), 'utf8');
    return { database: new WeatherDatabase(join(folder, 'weather.sqlite')), csv };
  }

  it('stands among the DAGs, every 15 minutes, without an error', async () => {
    expect(await airflow('dags', 'list-import-errors')).toContain('No data found');
    const details = await airflow('dags', 'details', 'riacho-weather', '--output', 'json');
    expect(details).toContain('*/15 * * * *');
  });

  it('fills the same file as the app, and its CSV', async () => {
    await airflow('dags', 'unpause', 'riacho-weather');
    await run('first', { language: 'en' });
    await ends('first');
    // Of all the quarters of an hour since its beginning, its plan makes up for the last one only.
    expect((await listed()).length).toBeLessThan(4);
    const { database, csv } = await files();
    const { rows, total } = await database.read({ offset: 0, limit: 100 });
    database.close();
    expect(total).toBe(capitals.length);
    expect(rows).toEqual(
      capitals.map(({ name, ...at }) => ({
        place: name,
        ...at,
        time: '2026-11-23T10:15:00Z',
        temperature_c: at.latitude,
        wind_speed_kmh: 4.7,
        weather_code: 63,
        humidity_pct: 80,
        visibility_m: 24_140,
        source: 'open-meteo',
      })),
    );
    expect(csv).toMatch(
      /^place,time,temperature_c,.*\r\nManaus,2026-11-23T10:15:00Z,-3.1019,4.7,63,moderate rain,80,24140\r\n/,
    );
  });

  it('changes nothing in the same quarter of an hour, and adds the next one', async () => {
    await run('again', {});
    await ends('again');
    api.time = '2026-11-23T10:30';
    await run('next', { places: [{ name: 'Natal', latitude: -5.7945, longitude: -35.211 }] });
    await ends('next');
    const { database, csv } = await files();
    const { total } = await database.read({ offset: 0, limit: 1 });
    database.close();
    expect(total).toBe(capitals.length + 1);
    expect(csv).toContain('Natal,2026-11-23T10:30:00Z,-5.7945,4.7,63,chuva moderada,80,24140\r\n');
  });

  it('is tried again when the API fails', async () => {
    api.refusal = refuseWith(503, 'busy');
    await run('busy', {});
    await eventually(
      'the first try',
      async () => (await triesOf('busy').catch(() => '')).includes('attempt=1.log'),
      60_000,
    );
    await eventually('it waits', async () => api.asked.length > 3, 60_000);
    api.refusal = undefined;
    await ends('busy');
    expect(await triesOf('busy')).toContain('attempt=2.log');
  });
});
