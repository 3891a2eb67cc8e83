// One export of a kind at a time, on its own; watched by frames, cancelled by its signal.
import { faultOf, RiachoError } from '../words/errors.ts';
import type { ExportFrame } from '../words/messages.ts';
import type { CsvExport, Page } from '../pipeline/export/csv.ts';
import type { Log } from './log.ts';
import { Feed } from './streams/feed.ts';

/** What is written. */
export interface Exported {
  rows: AsyncIterable<Page>;
  /** About how many rows there will be: the export does not wait for it. */
  expectedRows: Promise<number>;
}

export type ExportForm = Pick<CsvExport, 'file' | 'columns' | 'separator' | 'bom' | 'raw'>;

export class Exports {
  readonly #log: Log;
  #frame: ExportFrame = { status: 'none', rows: 0, bytes: 0, file: '' };
  #cancel = new AbortController();
  #running: Promise<void> = Promise.resolve();
  readonly feed = new Feed<ExportFrame>(() => this.#frame);

  constructor(log: Log) {
    this.#log = log;
  }

  /**
   * Begins to write what `open` brings; how it goes is seen in the feed. Rejects with `RUN_ACTIVE` while one is under way,
   * or as `open` does.
   */
  async start(form: ExportForm, open: () => Promise<Exported>): Promise<void> {
    if (this.#frame.status === 'running') throw new RiachoError('RUN_ACTIVE', { run: 'export' });
    const { rows, expectedRows } = await open();
    const { exportCsv } = await import('../pipeline/export/csv.ts');
    this.#cancel = new AbortController();
    this.#frame = { status: 'running', rows: 0, bytes: 0, file: form.file, startedAt: Date.now() };
    const { signal } = this.#cancel;
    void expectedRows.then(
      (expected) => {
        if (signal === this.#cancel.signal) this.#frame = { ...this.#frame, expectedRows: expected };
      },
      (error: unknown) => this.#log('how many rows there are', error),
    );
    this.#running = exportCsv({
      ...form,
      rows,
      onProgress: (progress) => {
        this.#frame = { ...this.#frame, ...progress };
      },
      signal,
    }).then(
      ({ rows: written, bytes }) => {
        this.#frame = { ...this.#frame, status: 'done', rows: written, bytes };
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
