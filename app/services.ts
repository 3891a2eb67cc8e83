// What stands behind the contract: one service a concern. The router calls them and nothing else.
import type { Activities } from './activities.ts';
import type { Airflow } from './airflow/airflow.ts';
import type { Browsing } from './browsing.ts';
import type { Connections } from './connections.ts';
import type { Cql } from './cql.ts';
import type { Diagnostics } from './diagnostics.ts';
import type { Doctor } from './doctor.ts';
import type { Engines } from './engines.ts';
import type { Exports } from './exports.ts';
import type { Following } from './following.ts';
import type { History } from './history.ts';
import type { HostService } from './host.ts';
import type { Letters } from './letters.ts';
import type { Log } from './log.ts';
import type { Logs } from './logs.ts';
import type { Rows } from './rows.ts';
import type { Runs } from './runs.ts';
import type { Schemas } from './schemas.ts';
import type { SettingsService } from './settings.ts';
import type { Stack } from './stack.ts';
import type { Usage } from './usage.ts';
import type { Weather } from './weather.ts';

export interface Services {
  stack: Stack;
  usage: Usage;
  weather: Weather;
  logs: Logs;
  engines: Engines;
  runs: Runs;
  history: History;
  browsing: Browsing;
  following: Following;
  letters: Letters;
  exports: Exports;
  rows: Rows;
  cql: Cql;
  airflow: Airflow;
  connections: Connections;
  doctor: Doctor;
  schemas: Schemas;
  settings: SettingsService;
  diagnostics: Diagnostics;
  activities: Activities;
  host: HostService;
  log: Log;
}
