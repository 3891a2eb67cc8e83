// The weather lab: one timer at a time, which goes on whoever watches, over the database in the data folder.
import { join } from 'node:path';
import type { z } from 'zod';
import type { weatherExportInput, weatherInput } from '../contract/contract.ts';
import type { WeatherDatabase } from '../pipeline/weather/database.ts';
import type { WeatherTimer } from '../pipeline/weather/timer.ts';
import { RiachoError } from '../words/errors.ts';
import { weatherColumns, weatherStepMs } from '../words/weather-facts.ts';
import type {
  Place,
  PlaceSummary,
  SeriesPoint,
  WeatherFrame,
  WeatherRow,
  WeatherSource,
} from '../words/weather.ts';
import { Exports } from './exports.ts';
import type { Log } from './log.ts';
import { Feed } from './streams/feed.ts';

type Plan = Pick<WeatherFrame, 'places' | 'everyMs' | 'source'>;

/** A timer that was never started. */
const resting: WeatherFrame = {
  state: { status: 'off' },
  runs: 0,
  added: 0,
  known: 0,
  pending: 0,
  places: [],
  everyMs: weatherStepMs,
  source: 'auto',
};

export class Weather {
  readonly #path: string;
  readonly #log: Log;
  #database: WeatherDatabase | undefined;
  #current: { timer: WeatherTimer; plan: Plan } | undefined;
  readonly exports: Exports;
  readonly feed = new Feed<WeatherFrame>(() => this.#frame());

  constructor(dataDir: string, log: Log) {
    this.#path = join(dataDir, 'weather.sqlite');
    this.#log = log;
    this.exports = new Exports(log);
  }

  /**
   * The first extraction begins at once. Rejects with `RUN_ACTIVE` while a timer runs, `BAD_INPUT` where the live API would
   * be asked too often, `NO_SQLITE`.
   */
  async start(input: z.output<typeof weatherInput>): Promise<void> {
    const { everyMs, source, url, count } = input;
    if (url === undefined && source !== 'offline' && everyMs < weatherStepMs) {
      throw new RiachoError('BAD_INPUT', { detail: `${everyMs / 1_000} s < 15 min (Open-Meteo)` });
    }
    const [{ WeatherTimer: Timer }, { openSource }, { distinct }, { requireSqlite }] = await Promise.all([
      import('../pipeline/weather/timer.ts'),
      import('../pipeline/weather/open-source.ts'),
      import('../pipeline/weather/places.ts'),
      import('../pipeline/weather/database.ts'),
    ]);
    await requireSqlite();
    const database = await this.#open();
    if (this.#frame().state.status !== 'off') throw new RiachoError('RUN_ACTIVE', { run: 'weather' });
    const places = distinct(input.places);
    const timer = new Timer({
      source: openSource({ source, url, everyMs, onFallback: (fault) => timer.noteFallback(fault) }),
      database,
      places,
      everyMs,
      ...(count !== undefined && { count }),
      ...(this.#current && { pending: this.#current.timer.pending }),
      log: this.#log,
    });
    this.#current = { timer, plan: { places, everyMs, source } };
    timer.start();
  }

  runNow(): void {
    this.#current?.timer.runNow();
  }

  async stop(): Promise<void> {
    await this.#current?.timer.stop();
  }

  /** Rejects with `BAD_INPUT`, `PLACE_UNKNOWN` {place}, or as the API that is asked for a name. */
  async findPlaces(
    { text, source, url }: { text: string; source: WeatherSource; url?: string | undefined },
    signal: AbortSignal | undefined,
  ): Promise<Place[]> {
    const [{ distinct, readPlaces }, { findPlace }] = await Promise.all([
      import('../pipeline/weather/places.ts'),
      import('../pipeline/weather/open-meteo.ts'),
    ]);
    const found: Place[] = [];
    for (const wanted of readPlaces(text)) {
      if ('latitude' in wanted) found.push(wanted);
      else
        found.push(
          await findPlace(wanted.name, { asks: source !== 'offline', url, ...(signal && { signal }) }),
        );
    }
    return distinct(found);
  }

  async rows(page: { offset: number; limit: number }): Promise<{ rows: WeatherRow[]; total: number }> {
    return (await this.#open()).read(page);
  }

  async places(): Promise<PlaceSummary[]> {
    return (await this.#open()).places();
  }

  async series(input: {
    latitude: number;
    longitude: number;
    since: number;
    most: number;
  }): Promise<SeriesPoint[]> {
    const { toDegrees } = await import('../pipeline/weather/places.ts');
    const at = { latitude: toDegrees(input.latitude), longitude: toDegrees(input.longitude) };
    const since = new Date(input.since).toISOString();
    return (await this.#open()).series(at, { since, most: input.most });
  }

  /** How it goes is seen in the feed of `exports`. */
  async startExport({ language, columns, ...form }: z.output<typeof weatherExportInput>): Promise<void> {
    await this.exports.start({ ...form, columns: columns ?? weatherColumns }, async () => {
      const database = await this.#open();
      const { csvPages } = await import('../pipeline/weather/csv-rows.ts');
      return { rows: csvPages(database.all(), language), expectedRows: database.count() };
    });
  }

  /** Ends timer and export. */
  async close(): Promise<void> {
    await this.exports.cancel();
    await this.stop();
    this.#database?.close();
  }

  #frame(): WeatherFrame {
    return this.#current ? { ...this.#current.timer.frame(), ...this.#current.plan } : resting;
  }

  async #open(): Promise<WeatherDatabase> {
    const { WeatherDatabase: Database } = await import('../pipeline/weather/database.ts');
    this.#database ??= new Database(this.#path);
    return this.#database;
  }
}
