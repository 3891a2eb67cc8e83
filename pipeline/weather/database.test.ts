// The real SQLite: what it keeps, and everything that can happen to its file.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { capitals } from '../../words/weather-facts.ts';
import type { WeatherRow } from '../../words/weather.ts';
import { openSmallDisk } from '../testing/small-disk.ts';
import { WeatherDatabase } from './database.ts';
import { weatherAt } from './offline.ts';
import { schemaVersion } from './schema.ts';

const hour = 3_600_000;
const start = Date.UTC(2026, 10, 23, 10);
const [manaus, fortaleza] = capitals;
if (!manaus || !fortaleza) throw new Error('seven capitals');
/** Rows of all capitals for so many quarters of an hour. */
const quarters = (count: number, from = start): WeatherRow[] =>
  Array.from({ length: count }, (_, index) => from + index * 900_000).flatMap((at) =>
    capitals.map((place) => weatherAt(place, at)),
  );

const place = { folder: '' };
const kept: WeatherDatabase[] = [];
beforeEach(() => {
  place.folder = mkdtempSync(join(tmpdir(), 'riacho-weather-'));
});
afterEach(() => {
  for (const database of kept.splice(0)) database.close();
  rmSync(place.folder, { recursive: true });
});
const pathOf = (): string => join(place.folder, 'weather.sqlite');
function open(path = pathOf()): WeatherDatabase {
  const database = new WeatherDatabase(path);
  kept.push(database);
  return database;
}

describe('what is written', () => {
  it('is read back, the newest first and from north to south, by position', async () => {
    const database = open();
    expect(await database.write(quarters(3))).toEqual({ added: 21, known: 0 });
    const newest = quarters(1, start + 1_800_000);
    expect(await database.read({ offset: 0, limit: 7 })).toEqual({ rows: newest, total: 21 });
    const { rows } = await database.read({ offset: 6, limit: 2 });
    expect(rows).toEqual([newest[6], quarters(1, start + 900_000)[0]]);
    expect(await database.read({ offset: 21, limit: 5 })).toEqual({ rows: [], total: 21 });
  });

  it('a second time changes nothing, whatever the row says', async () => {
    const database = open();
    const rows = quarters(1).map((row) => ({ ...row, source: 'open-meteo' as const }));
    await database.write(rows);
    const others = rows.map((row) => ({ ...row, temperature_c: 99, place: 'other' }));
    expect(await database.write([...others, ...quarters(1)])).toEqual({ added: 0, known: 14 });
    expect((await database.read({ offset: 0, limit: 100 })).rows).toEqual(rows);
  });

  it('for real takes the place of what was generated', async () => {
    const database = open();
    await database.write(quarters(1));
    const real = quarters(1).map((row) => ({ ...row, temperature_c: null, source: 'open-meteo' as const }));
    expect(await database.write(real)).toEqual({ added: 7, known: 0 });
    expect(await database.read({ offset: 0, limit: 9 })).toEqual({ rows: real, total: 7 });
  });

  it('is whole or not at all', async () => {
    const database = open();
    const bad = { ...weatherAt(manaus, start), time: null } as unknown as WeatherRow;
    await expect(database.write([...quarters(1), bad])).rejects.toMatchObject({
      code: 'DATABASE_UNREADABLE',
    });
    expect(await database.count()).toBe(0);
  });

  it('stays, in WAL mode and with its version, when it is closed', async () => {
    const database = open();
    await database.write(quarters(1));
    database.close();
    const other = new DatabaseSync(pathOf());
    expect(other.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
    expect(other.prepare('PRAGMA user_version').get()).toEqual({ user_version: schemaVersion });
    other.close();
    expect(await open().count()).toBe(7);
  });

  it('comes as a stream of pages in order of time, without what is written meanwhile', async () => {
    const database = open();
    await database.write(quarters(400));
    const sizes: number[] = [];
    let last = '';
    let isOrdered = true;
    for await (const page of database.all()) {
      if (sizes.length === 0) await database.write(quarters(10, start + 999 * hour));
      sizes.push(page.length);
      isOrdered &&= page.every(({ time }) => last <= (last = time));
    }
    expect(sizes).toEqual([1_000, 1_000, 800]);
    expect(isOrdered).toBe(true);
  });

  it('is summed up by place, under the name it had last', async () => {
    const database = open();
    await database.write(quarters(2));
    const renamed = {
      ...weatherAt(fortaleza, start + hour),
      place: 'Fort',
      source: 'open-meteo' as const,
    };
    await database.write([renamed]);
    const places = await database.places();
    expect(places.map((one) => [one.place, one.rows, one.generated])).toEqual([
      ['Manaus', 2, 2],
      ['Fort', 3, 2],
      ...capitals.slice(2).map(({ name }) => [name, 2, 2]),
    ]);
    expect(places[1]?.lastTime).toBe('2026-11-23T11:00:00Z');
  });

  it('is drawn as means of about as many spans as are wanted, since a time', async () => {
    const database = open();
    const rows = quarters(400).filter((row) => row.place === manaus.name);
    await database.write(rows);
    const all = await database.series(manaus, { since: '', most: 1_000 });
    expect(all.map(({ at, temperature_c }) => [at, temperature_c])).toEqual(
      rows.map((row) => [Date.parse(row.time) / 1_000, row.temperature_c]),
    );
    const few = await database.series(manaus, { since: rows[200]?.time ?? '', most: 50 });
    expect(few.length).toBeGreaterThan(40);
    expect(few.length).toBeLessThan(53);
    expect(few.at(-1)?.at).toBe(Date.parse(rows.at(-1)?.time ?? '') / 1_000);
  });
});

describe('a file', () => {
  it('that another program holds is DATABASE_LOCKED, and is written when it lets go', async () => {
    const database = open();
    await database.write(quarters(1));
    const other = new DatabaseSync(pathOf());
    other.exec('BEGIN IMMEDIATE');
    await expect(database.write(quarters(2))).rejects.toMatchObject({
      code: 'DATABASE_LOCKED',
      params: { path: pathOf() },
    });
    // Whoever only reads is not kept from it.
    expect(await database.count()).toBe(7);
    other.exec('ROLLBACK');
    other.close();
    expect(await database.write(quarters(2))).toEqual({ added: 7, known: 7 });
  });

  it('of something else is DATABASE_UNREADABLE and stays as it is; without it a new one is made', async () => {
    writeFileSync(pathOf(), 'not a database, but somebody’s only notes\n'.repeat(100));
    const before = readFileSync(pathOf());
    const database = open();
    await expect(database.write(quarters(1))).rejects.toMatchObject({
      code: 'DATABASE_UNREADABLE',
      params: { path: pathOf(), detail: 'file is not a database' },
    });
    await expect(database.read({ offset: 0, limit: 1 })).rejects.toMatchObject({
      code: 'DATABASE_UNREADABLE',
    });
    expect(readFileSync(pathOf())).toEqual(before);
    renameSync(pathOf(), `${pathOf()}.old`);
    expect(await database.write(quarters(1))).toEqual({ added: 7, known: 0 });
  });

  it('with a page overwritten is DATABASE_UNREADABLE', async () => {
    const database = open();
    await database.write(quarters(200));
    database.close();
    const bytes = readFileSync(pathOf());
    bytes.fill(0xff, 4_096, 60_000);
    writeFileSync(pathOf(), bytes);
    await expect(database.read({ offset: 0, limit: 1_000 })).rejects.toMatchObject({
      code: 'DATABASE_UNREADABLE',
    });
  });

  it('of another program, with a table of this name, is not touched', async () => {
    const other = new DatabaseSync(pathOf());
    other.exec('CREATE TABLE weather (mood TEXT)');
    other.close();
    await expect(open().write(quarters(1))).rejects.toMatchObject({ code: 'DATABASE_UNREADABLE' });
  });

  it('of a newer version is DATABASE_NEWER, and not changed', async () => {
    const other = new DatabaseSync(pathOf());
    other.exec('PRAGMA user_version = 99');
    other.close();
    await expect(open().write(quarters(1))).rejects.toMatchObject({
      code: 'DATABASE_NEWER',
      params: { path: pathOf(), found: 99, known: schemaVersion },
    });
  });

  it('of the first version gets its index, with the rows it had', async () => {
    const database = open();
    await database.write(quarters(1));
    database.close();
    const other = new DatabaseSync(pathOf());
    other.exec('DROP INDEX weather_by_time; PRAGMA user_version = 1');
    other.close();
    expect(await database.count()).toBe(7);
    database.close();
    const again = new DatabaseSync(pathOf());
    expect(again.prepare("SELECT name FROM sqlite_schema WHERE type = 'index'").all()).toContainEqual({
      name: 'weather_by_time',
    });
    again.close();
  });

  it('that was moved away under an open database is made anew', async () => {
    const database = open();
    await database.write(quarters(1));
    renameSync(pathOf(), `${pathOf()}.old`);
    expect(await database.write(quarters(1))).toEqual({ added: 7, known: 0 });
  });

  it('in a folder that is not there is FILE_UNWRITABLE', async () => {
    const database = open(join(place.folder, 'none', 'weather.sqlite'));
    await expect(database.count()).rejects.toMatchObject({ code: 'FILE_UNWRITABLE' });
  });
});

it('on a full disk says DISK_FULL, keeps what was there, and goes on when there is space', async ({
  skip,
}) => {
  const disk = openSmallDisk(256);
  const database = open(join(disk.folder, 'weather.sqlite'));
  const filler = join(disk.folder, 'filler');
  const fill = (): void =>
    expect(() => writeFileSync(filler, Buffer.alloc(1024 * 1024), { flag: 'a' })).toThrow('ENOSPC');
  try {
    skip(!disk.isMounted, 'mounting takes root');
    await database.write(quarters(4));
    database.close();
    fill();
    await expect(database.count()).rejects.toMatchObject({ code: 'DISK_FULL' });
    rmSync(filler);
    // More than the disk holds, even without the filler.
    await expect(database.write(quarters(400))).rejects.toMatchObject({ code: 'DISK_FULL' });
    expect(await database.count()).toBe(28);
    expect(await database.write(quarters(8))).toEqual({ added: 28, known: 28 });
  } finally {
    database.close();
    disk.remove();
  }
});

it('that was killed while it wrote opens again, with no quarter of an hour half-written', async () => {
  const writer = fileURLToPath(new URL('testing/write-for-ever.ts', import.meta.url));
  for (let kill = 1; kill <= 3; kill += 1) {
    const child = spawn(process.execPath, [writer, pathOf()], { stdio: ['ignore', 'pipe', 'inherit'] });
    let lines = 0;
    for await (const chunk of child.stdout) {
      lines += String(chunk).split('\n').length - 1;
      if (lines >= 20 * kill) break;
    }
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
    const database = open();
    const { rows, total } = await database.read({ offset: 0, limit: 1_000 });
    // What it said was written is there, and nothing is there in part.
    expect(total).toBeGreaterThanOrEqual(lines * capitals.length);
    expect(total % capitals.length).toBe(0);
    expect(rows).toEqual(rows.map((row) => weatherAt({ ...row, name: row.place }, Date.parse(row.time))));
    database.close();
  }
});
