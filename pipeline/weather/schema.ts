// The database's shape, and how an older file becomes a newer one. compose/airflow/dags/weather_rows.py makes the same.
import type { DatabaseSync } from 'node:sqlite';
import { RiachoError } from '../../words/errors.ts';

/** The n-th makes version n + 1 of version n; `user_version` says which one a file has. None is ever changed. */
const migrations = [
  `CREATE TABLE weather (
    latitude REAL NOT NULL,
    longitude REAL NOT NULL,
    time TEXT NOT NULL,
    place TEXT NOT NULL,
    temperature_c REAL,
    wind_speed_kmh REAL,
    weather_code INTEGER,
    humidity_pct REAL,
    visibility_m REAL,
    source TEXT NOT NULL,
    PRIMARY KEY (latitude, longitude, time)
  ) STRICT, WITHOUT ROWID`,
  'CREATE INDEX weather_by_time ON weather (time, latitude, longitude)',
];

export const schemaVersion = migrations.length;

/** Brings an open file to the newest shape. Throws `DATABASE_NEWER` {path, found, known}, or what SQLite throws. */
export function migrate(database: DatabaseSync, path: string): void {
  if (versionOf(database) === schemaVersion) return;
  database.exec('PRAGMA journal_mode = WAL; BEGIN IMMEDIATE');
  try {
    // Asked again: another program may have been faster.
    const found = versionOf(database);
    if (found > schemaVersion) throw new RiachoError('DATABASE_NEWER', { path, found, known: schemaVersion });
    for (const migration of migrations.slice(found)) database.exec(migration);
    database.exec(`PRAGMA user_version = ${schemaVersion}; COMMIT`);
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

function versionOf(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0);
}
