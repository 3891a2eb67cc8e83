// The lab's SQLite file: rows written whole or not at all, read by page, by place, or all of them as a stream.
// node:sqlite answers at once and holds up everything else meanwhile: so nothing here asks for more than a page.
import { statSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { z } from 'zod';
import { RiachoError } from '../../words/errors.ts';
import { weatherVariables } from '../../words/weather-facts.ts';
import {
  placeSummary,
  seriesPoint,
  weatherRow,
  type Place,
  type PlaceSummary,
  type SeriesPoint,
  type WeatherRow,
} from '../../words/weather.ts';
import { migrate } from './schema.ts';
import { sqliteFault } from './sqlite-faults.ts';

/** Waiting for another program stops everything else here: whoever is refused tries again later. */
const lockWaitMs = 50;
/** Rows a page of the stream. */
const pageSize = 1_000;

const columns = [
  'latitude',
  'longitude',
  'time',
  'place',
  'temperature_c',
  'wind_speed_kmh',
  'weather_code',
  'humidity_pct',
  'visibility_m',
  'source',
] as const satisfies (keyof WeatherRow)[];

/** The same key changes nothing, but for what was generated: the real row takes its place. */
const insert = `INSERT INTO weather (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})
  ON CONFLICT DO UPDATE SET ${columns
    .slice(3)
    .map((column) => `${column} = excluded.${column}`)
    .join(', ')}
  WHERE source = 'offline' AND excluded.source <> 'offline'`;
const newestFirst = 'ORDER BY time DESC, latitude DESC, longitude DESC';

interface Opened {
  database: DatabaseSync;
  /** Which file it is: another may have taken its place. */
  inode: number;
}

/**
 * Opens the file when it is first needed, and makes it where there is none. Methods reject with `NO_SQLITE` {version},
 * `DATABASE_LOCKED` {path}, `DATABASE_UNREADABLE` {path, detail}, `DATABASE_NEWER`, `DISK_FULL` {path} or `FILE_UNWRITABLE`
 * {path, detail}; then nothing is changed, and the next call opens it anew. Close it.
 */
export class WeatherDatabase {
  readonly path: string;
  #opened: Opened | undefined;

  constructor(path: string) {
    this.path = path;
  }

  /** All rows or none. Resolves with how many were new. */
  write(rows: readonly WeatherRow[]): Promise<{ added: number; known: number }> {
    return this.#use((database) => {
      const statement = database.prepare(insert);
      database.exec('BEGIN IMMEDIATE');
      let added = 0;
      for (const row of rows) {
        const values = columns.map((column): SQLInputValue => row[column]);
        added += Number(statement.run(...values).changes);
      }
      database.exec('COMMIT');
      return { added, known: rows.length - added };
    });
  }

  /** Rows from a position on, the newest first, and how many there are in all. */
  read({ offset, limit }: { offset: number; limit: number }): Promise<{ rows: WeatherRow[]; total: number }> {
    return this.#use((database) => {
      // What is skipped is skipped in the index alone: far down in the table that is five times as fast.
      const text = `SELECT * FROM weather WHERE (latitude, longitude, time) IN
        (SELECT latitude, longitude, time FROM weather ${newestFirst} LIMIT ? OFFSET ?) ${newestFirst}`;
      const rows = database.prepare(text).all(limit, offset);
      return { rows: z.array(weatherRow).parse(rows), total: this.#count(database) };
    });
  }

  count(): Promise<number> {
    return this.#use((database) => this.#count(database));
  }

  /** Each place that has rows, from north to south, under the name it had last. */
  places(): Promise<PlaceSummary[]> {
    return this.#use((database) => {
      // With max(), SQLite takes the other columns from the row that has it.
      const text = `SELECT place, latitude, longitude, max(time) AS lastTime, count(*) AS rows,
        sum(source = 'offline') AS generated FROM weather GROUP BY latitude, longitude ORDER BY latitude DESC`;
      return z.array(placeSummary).parse(database.prepare(text).all());
    });
  }

  /** What was measured at a place since then (ISO 8601), as `most` means at the most, in order of time. */
  series(
    at: Pick<Place, 'latitude' | 'longitude'>,
    { since, most }: { since: string; most: number },
  ): Promise<SeriesPoint[]> {
    return this.#use((database) => {
      const where = 'FROM weather WHERE latitude = ? AND longitude = ? AND time >= ?';
      const range = database
        .prepare(`SELECT unixepoch(max(time)) - unixepoch(min(time)) AS seconds ${where}`)
        .get(at.latitude, at.longitude, since);
      const bucket = Math.max(1, Math.ceil((Number(range?.['seconds'] ?? 0) + 1) / most));
      const means = weatherVariables.map((variable) => `avg(${variable}) AS ${variable}`).join(', ');
      const text = `SELECT unixepoch(max(time)) AS at, ${means} ${where} GROUP BY unixepoch(time) / ${bucket} ORDER BY at`;
      return z.array(seriesPoint).parse(database.prepare(text).all(at.latitude, at.longitude, since));
    });
  }

  /** Every row, a page at a time, in order of time; what is written meanwhile is not among them. */
  async *all(): AsyncGenerator<WeatherRow[]> {
    // A connection of its own: its statement keeps its view of the file until the end.
    const own = new WeatherDatabase(this.path);
    try {
      const rows = await own.#use((database) =>
        database.prepare('SELECT * FROM weather ORDER BY time, latitude DESC, longitude DESC').iterate(),
      );
      for (
        let page = own.#guard(() => nextPage(rows));
        page.length > 0;
        page = own.#guard(() => nextPage(rows))
      ) {
        yield page;
        await setImmediate();
      }
    } finally {
      own.close();
    }
  }

  close(): void {
    const opened = this.#opened;
    this.#opened = undefined;
    opened?.database.close();
  }

  #count(database: DatabaseSync): number {
    return Number(database.prepare('SELECT count(*) AS rows FROM weather').get()?.['rows'] ?? 0);
  }

  async #use<T>(work: (database: DatabaseSync) => T): Promise<T> {
    const sqlite = await requireSqlite();
    return this.#guard(() => work(this.#open(sqlite)));
  }

  /** What fails leaves nothing open: a transaction that was begun is undone by that. */
  #guard<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      this.close();
      throw sqliteFault(this.path, error);
    }
  }

  #open(sqlite: typeof import('node:sqlite')): DatabaseSync {
    const inode = statSync(this.path, { throwIfNoEntry: false })?.ino;
    if (this.#opened && this.#opened.inode === inode) return this.#opened.database;
    this.close();
    const database = new sqlite.DatabaseSync(this.path, { timeout: lockWaitMs });
    try {
      migrate(database, this.path);
    } catch (error) {
      database.close();
      throw error;
    }
    this.#opened = { database, inode: statSync(this.path).ino };
    return database;
  }
}

/** At most a page; an iterator that was broken off would be at its end. */
function nextPage(rows: Iterator<unknown>): WeatherRow[] {
  const page: WeatherRow[] = [];
  while (page.length < pageSize) {
    const next = rows.next();
    if (next.done === true) break;
    page.push(weatherRow.parse(next.value));
  }
  return page;
}

/** Not every Node.js has it, and the rest of the app does without. Rejects with `NO_SQLITE` {version}. */
export async function requireSqlite(): Promise<typeof import('node:sqlite')> {
  try {
    return await import('node:sqlite');
  } catch (error) {
    throw new RiachoError('NO_SQLITE', { version: process.versions.node }, error);
  }
}
