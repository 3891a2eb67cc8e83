// The timer over a real database: it goes on whatever fails, and loses nothing.
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { RiachoError } from '../../words/errors.ts';
import { capitals } from '../../words/weather-facts.ts';
import { SourceUnreachable } from '../sources/faults.ts';
import { WeatherDatabase } from './database.ts';
import { weatherAt } from './offline.ts';
import type { Source } from './source.ts';
import { WeatherTimer, type TimerOptions } from './timer.ts';

const start = Date.UTC(2026, 10, 23);
const away = new SourceUnreachable({ url: 'http://api', detail: 'HTTP 503' });
const page = new RiachoError('SOURCE_NOT_API', { url: 'http://api', detail: 'no JSON' });

const made = { folder: '', timers: [] as WeatherTimer[], databases: [] as WeatherDatabase[] };
const pathOf = (): string => join(made.folder, 'weather.sqlite');
beforeEach(() => {
  made.folder = mkdtempSync(join(tmpdir(), 'riacho-timer-'));
});
afterEach(async () => {
  vi.useRealTimers();
  for (const timer of made.timers.splice(0)) await timer.stop();
  for (const database of made.databases.splice(0)) database.close();
  rmSync(made.folder, { recursive: true });
});

/** Each take gives the next quarter of an hour, or fails as `ends` says for it. */
function begin(options: Partial<TimerOptions> & { ends?: (Error | undefined)[] } = {}) {
  const { ends = [], ...rest } = options;
  const takes = { count: 0 };
  const source: Source = {
    origin: 'open-meteo',
    take: async (places) => {
      const end = ends.shift();
      if (end) throw end;
      takes.count += 1;
      return places.map((place) => weatherAt(place, start + takes.count * 900_000));
    },
  };
  const database = new WeatherDatabase(pathOf());
  const timer = new WeatherTimer({ source, database, places: capitals, everyMs: 50, ...rest });
  made.timers.push(timer);
  made.databases.push(database);
  timer.start();
  return { timer, takes, database };
}

const until = (check: () => void) => vi.waitFor(check, { timeout: 5_000, interval: 5 });

it('takes at once and then again and again, until its count', async () => {
  const { timer, database } = begin({ count: 3 });
  await timer.done;
  expect(timer.frame()).toMatchObject({ state: { status: 'off' }, runs: 3, added: 21, known: 0, pending: 0 });
  expect(await database.count()).toBe(21);
});

it('says when it goes on, and goes on earlier when it is told to', async () => {
  const { timer, takes } = begin({ everyMs: 600_000 });
  await until(() => expect(timer.frame().state.status).toBe('resting'));
  const { state } = timer.frame();
  expect(Math.abs(('nextAt' in state ? state.nextAt : 0) - Date.now() - 600_000)).toBeLessThan(5_000);
  timer.runNow();
  await until(() => expect(takes.count).toBe(2));
});

it('goes on when the clock is set back, and tells the time anew', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const { timer, takes } = begin({ everyMs: 1_500 });
  await until(() => expect(timer.frame().state.status).toBe('resting'));
  vi.setSystemTime(Date.now() - 86_400_000);
  await until(() => {
    const { state } = timer.frame();
    expect(('nextAt' in state ? state.nextAt : Number.POSITIVE_INFINITY) - Date.now()).toBeLessThan(2_000);
  });
  await until(() => expect(takes.count).toBeGreaterThan(1));
});

it('goes on at once when the machine has slept: its steady clock stood still meanwhile', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const { timer, takes } = begin({ everyMs: 600_000 });
  await until(() => expect(timer.frame().state.status).toBe('resting'));
  vi.setSystemTime(Date.now() + 600_000);
  await until(() => expect(takes.count).toBe(2));
});

it('asks a source again that is away, says so meanwhile, and forgets it when it is back', async () => {
  const { timer } = begin({ ends: [away], everyMs: 60_000 });
  await until(() =>
    expect(timer.frame().state).toMatchObject({ status: 'waiting', for: 'source', fault: away.fault }),
  );
  expect(timer.frame().fault).toEqual(away.fault);
  await until(() => expect(timer.frame()).toMatchObject({ runs: 1, added: 7, state: { status: 'resting' } }));
  expect(timer.frame().fault).toBeUndefined();
});

it('does not ask again at once what answers with no weather, but when the next extraction is due', async () => {
  const { timer } = begin({ ends: [page, page] });
  await until(() => expect(timer.frame()).toMatchObject({ runs: 1, added: 0, fault: page.fault }));
  await until(() => expect(timer.frame().added).toBe(7));
  expect(timer.frame().runs).toBe(3);
});

it('gives up on a source only when the next extraction is due', async () => {
  const { timer } = begin({ ends: [away, away], everyMs: 300 });
  await until(() => expect(timer.frame()).toMatchObject({ runs: 1, fault: away.fault }));
  await until(() => expect(timer.frame().added).toBeGreaterThan(0));
});

it('keeps what it took while another program holds the database, and writes all of it then', async () => {
  const { timer, takes, database } = begin({ everyMs: 100 });
  await until(() => expect(timer.frame().added).toBeGreaterThan(0));
  const other = new DatabaseSync(pathOf());
  other.exec('PRAGMA busy_timeout = 2000; BEGIN IMMEDIATE');
  const before = timer.frame().added;
  await until(() => expect(timer.frame()).toMatchObject({ fault: { code: 'DATABASE_LOCKED' } }));
  await until(() => expect(timer.frame().pending).toBeGreaterThan(capitals.length));
  expect(timer.frame().added).toBe(before);
  other.exec('ROLLBACK');
  other.close();
  await until(() => expect(timer.frame()).toMatchObject({ pending: 0 }));
  await timer.stop();
  expect(await database.count()).toBe(takes.count * capitals.length);
});

it('goes on with a new file when one that is no database was moved away', async () => {
  writeFileSync(pathOf(), 'notes '.repeat(1_000));
  const { timer, takes, database } = begin({ everyMs: 60_000 });
  await until(() =>
    expect(timer.frame().state).toMatchObject({
      status: 'waiting',
      for: 'database',
      fault: { code: 'DATABASE_UNREADABLE' },
    }),
  );
  renameSync(pathOf(), `${pathOf()}.old`);
  await until(() => expect(timer.frame()).toMatchObject({ pending: 0, added: 7, runs: 1 }));
  expect([await database.count(), takes.count]).toEqual([7, 1]);
});

it('hands on what it could not write to the next timer', async () => {
  writeFileSync(pathOf(), 'notes '.repeat(1_000));
  const { timer } = begin({ everyMs: 60_000 });
  await until(() => expect(timer.frame().state.status).toBe('waiting'));
  await timer.stop();
  expect(timer.frame()).toMatchObject({
    state: { status: 'off' },
    pending: 7,
    fault: { code: 'DATABASE_UNREADABLE' },
  });
  rmSync(pathOf());
  const next = begin({ count: 1, pending: timer.pending });
  await next.timer.done;
  // The same quarter of an hour again: seven were handed on, seven taken.
  expect(next.timer.frame()).toMatchObject({ added: 7, known: 7, pending: 0 });
});

it('has nothing to say any more when its last write, at the end, went well', async () => {
  writeFileSync(pathOf(), 'notes '.repeat(1_000));
  const { timer, database } = begin({ everyMs: 60_000 });
  await until(() => expect(timer.frame().state.status).toBe('waiting'));
  rmSync(pathOf());
  await timer.stop();
  expect(timer.frame()).toMatchObject({ state: { status: 'off' }, pending: 0, added: 7 });
  expect(timer.frame().fault).toBeUndefined();
  expect(await database.count()).toBe(7);
});

it('stops at once, whatever it waits for', async () => {
  const hangs: Source = {
    origin: 'open-meteo',
    take: (_places, signal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(new RiachoError('CANCELLED')), { once: true });
      }),
  };
  const waiting = begin({ source: hangs });
  await waiting.timer.stop();
  expect(waiting.timer.frame()).toEqual({
    state: { status: 'off' },
    runs: 0,
    added: 0,
    known: 0,
    pending: 0,
  });
  const resting = begin({ everyMs: 60_000 });
  await until(() => expect(resting.timer.frame().state.status).toBe('resting'));
  await resting.timer.stop();
  expect(resting.timer.frame().state.status).toBe('off');
});
