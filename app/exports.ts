// One export at a time, on its own; watched by frames, cancelled by its signal.
import type { z } from 'zod';
import type { exportInput } from '../contract/contract.ts';
import { faultOf, RiachoError } from '../words/errors.ts';
import type { ExportFrame } from '../words/messages.ts';
import { userColumns } from '../words/users.ts';
import { allUsers } from '../pipeline/users/rows.ts';
import { sizeOfTable } from '../pipeline/users/table-size.ts';
import type { Connections } from './connections.ts';
import type { Log } from './log.ts';
import { Feed } from './streams/feed.ts';

export class Exports {
  readonly #connections: Connections;
  readonly #log: Log;
  #frame: ExportFrame = { status: 'none', rows: 0, bytes: 0, file: '' };
  #cancel = new AbortController();
  #running: Promise<void> = Promise.resolve();
  readonly feed = new Feed<ExportFrame>(() => this.#frame);

  constructor(connections: Connections, log: Log) {
    this.#connections = connections;
    this.#log = log;
  }

  /** Begins to write; how it goes is seen in the feed. Rejects with `RUN_ACTIVE` while one is under way. */
  async start(input: z.output<typeof exportInput>): Promise<void> {
    if (this.#frame.status === 'running') throw new RiachoError('RUN_ACTIVE', { run: 'export' });
    const { database } = await this.#connections.open();
    await database.ensureUsersTable(undefined);
    const { exportCsv } = await import('../pipeline/export/csv.ts');
    this.#cancel = new AbortController();
    this.#frame = { status: 'running', rows: 0, bytes: 0, file: input.file };
    const { signal } = this.#cancel;
    // Beside the export, which does not wait to know how far it has to go.
    void sizeOfTable(database).then(
      ({ rows }) => {
        if (signal === this.#cancel.signal) this.#frame = { ...this.#frame, expectedRows: rows };
      },
      (error: unknown) => this.#log('how many rows there are', error),
    );
    this.#running = exportCsv({
      rows: allUsers(database),
      file: input.file,
      columns: input.columns ?? userColumns,
      separator: input.separator,
      bom: input.bom,
      raw: input.raw,
      onProgress: ({ rows, bytes }) => {
        this.#frame = { ...this.#frame, rows, bytes };
      },
      signal,
    }).then(
      ({ rows, bytes }) => {
        this.#frame = { ...this.#frame, status: 'done', rows, bytes };
      },
      (error: unknown) => {
        this.#log('the export ended', error);
        const fault = faultOf(error);
        this.#frame =
          fault.code === 'CANCELLED'
            ? { ...this.#frame, status: 'cancelled' }
            : { ...this.#frame, status: 'failed', fault };
      },
    );
  }

  /** Resolves when nothing is left behind of an export under way. */
  async cancel(): Promise<void> {
    this.#cancel.abort();
    await this.#running;
  }
}
