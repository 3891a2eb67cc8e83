// What stands behind the contract: one service a concern. The router calls them and nothing else.
import type { Connections } from './connections.ts';
import type { Doctor } from './doctor.ts';
import type { Exports } from './exports.ts';
import type { Log } from './log.ts';
import type { Rows } from './rows.ts';
import type { Runs } from './runs.ts';
import type { Stack } from './stack.ts';

export interface Services {
  stack: Stack;
  runs: Runs;
  exports: Exports;
  rows: Rows;
  connections: Connections;
  doctor: Doctor;
  log: Log;
}
