// The rows of the app and those of the Airflow DAG, which share no code: the same answers become the same rows and files.
import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { exportCsv } from '../../pipeline/export/csv.ts';
import { csvPages } from '../../pipeline/weather/csv-rows.ts';
import { WeatherDatabase } from '../../pipeline/weather/database.ts';
import { createOpenMeteoSource } from '../../pipeline/weather/open-meteo.ts';
import { conditionsEn } from '../../words/sentences/conditions.ts';
import { capitals, weatherColumns } from '../../words/weather-facts.ts';
import type { Place } from '../../words/weather.ts';
import { testData } from './lab.ts';

const dags = fileURLToPath(new URL('../../compose/airflow/dags', import.meta.url));
const never = new AbortController().signal;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'riacho-rows-'));
});
const hasPython = spawnSync('python3', ['--version']).status === 0;
beforeEach(({ skip }) => skip(!hasPython, 'there is no python3'));
afterAll(() => rm(folder, { recursive: true }));

/** Runs Python over the module; what it prints, as JSON. Rejects with what Python says. */
async function python(script: string, ...args: string[]): Promise<unknown> {
  const text = `import json, sys\nimport weather_rows as w\n${script}`;
  const env = { ...process.env, PYTHONPATH: dags, PYTHONDONTWRITEBYTECODE: '1' };
  const { stdout } = await promisify(execFile)('python3', ['-c', text, ...args], { env });
  return JSON.parse(stdout);
}

/** The rows that both make of an answer. */
async function bothOf(answer: unknown, places: readonly Place[]) {
  const server = createServer((_request, response) => response.end(JSON.stringify(answer)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/v1/forecast`;
  try {
    const script =
      'places = json.loads(sys.argv[2])\nprint(json.dumps(w.rows_of(w.fetch(places, sys.argv[1]), places)))';
    const settled = await Promise.allSettled([
      createOpenMeteoSource({ url }).take(places, never),
      python(script, url, JSON.stringify(places)),
    ]);
    return settled.map((one) => (one.status === 'fulfilled' ? one.value : 'refused'));
  } finally {
    server.close();
  }
}

const recorded: { current: object }[] = JSON.parse(
  await readFile(testData('open-meteo-answer.json'), 'utf8'),
);
const [one] = recorded;
const paris = { name: 'Paris', latitude: 48.85341, longitude: -0.00001 };
const edge = { name: '=1+1', latitude: 0.03125, longitude: -0.03125 };
const withCurrent = (changes: object) => ({ ...one, current: { ...one?.current, ...changes } });
/** The recorded answer with each code there is, and one that nobody knows. */
const everyCode = [...Object.keys(conditionsEn), '42'].map((code) =>
  withCurrent({ weather_code: Number(code) }),
);
const codePlaces = everyCode.map((_, index) => ({ name: `p${index}`, latitude: index, longitude: -index }));

describe('the same rows come of', () => {
  it.each([
    ['several places', recorded, [paris, edge], 2],
    ['one place', one, [edge], 1],
    ['a missing variable', withCurrent({ visibility: undefined, weather_code: undefined }), [edge], 1],
    ['every code', everyCode, codePlaces, everyCode.length],
  ])('%s', async (_name, answer, places, count) => {
    const [own, airflow] = await bothOf(answer, places);
    expect(own).toHaveLength(count);
    expect(airflow).toEqual(own);
  });

  it.each([
    ['an error', { error: true, reason: 'no' }],
    ['too few places', []],
    ['another unit', { ...one, current_units: { temperature_2m: '°F' } }],
    ['text for a number', withCurrent({ temperature_2m: '18' })],
    ['a time that is none', withCurrent({ time: 'now' })],
  ])('none of %s', async (_name, answer) => {
    expect(await bothOf(answer, [edge])).toEqual(['refused', 'refused']);
  });
});

it.each(['en', 'pt-BR'] as const)('the files are the same: SQLite, and CSV in %s', async (language) => {
  const [own, airflow] = await bothOf([...everyCode, ...recorded], [...codePlaces, paris, edge]);
  expect(airflow).toEqual(own);
  const path = join(folder, `airflow-${language}.sqlite`);
  const [theirCsv, ourCsv] = [join(folder, `airflow-${language}.csv`), join(folder, `app-${language}.csv`)];
  const script = `rows = json.loads(sys.argv[1])
print(json.dumps([w.write(sys.argv[2], rows), w.write(sys.argv[2], rows), w.write_csv(*sys.argv[2:])]))`;
  const count = everyCode.length + 2;
  expect(await python(script, JSON.stringify(airflow), path, theirCsv, language)).toEqual([count, 0, count]);
  // The app opens what the DAG has made, and goes on in it.
  const database = new WeatherDatabase(path);
  if (!Array.isArray(own)) throw new Error('no rows');
  expect(await database.write(own)).toEqual({ added: 0, known: count });
  await exportCsv({
    rows: csvPages(database.all(), language),
    file: ourCsv,
    columns: weatherColumns,
    separator: ',',
    bom: false,
    raw: false,
    onProgress: () => undefined,
    signal: never,
  });
  database.close();
  const text = await readFile(ourCsv, 'utf8');
  expect(text).toContain("\r\n'=1+1,");
  expect(await readFile(theirCsv, 'utf8')).toBe(text);
});

it('the fields, the places and the words are the same', async () => {
  const theirs = await python('print(json.dumps([w.COLUMNS, w.PLACES]))');
  expect(theirs).toEqual([weatherColumns, capitals]);
});
