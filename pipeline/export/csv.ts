// Writes rows as CSV after RFC 4180: a page at a time, in constant memory, whole or not at all.
// Does not know where the rows come from, nor which columns there are.
import { stringify } from 'csv-stringify/sync';
import { RiachoError } from '../../words/errors.ts';
import { writeWhole, type Append } from './whole-file.ts';

/** Numbers are written as they are: a minus in front of one runs nothing. */
export type Cell = string | number | null;
/** A page of rows; a column that a row lacks, or holds as null, becomes an empty cell. */
export type Page = ReadonlyArray<Readonly<Record<string, Cell>>>;

export interface CsvExport {
  rows: AsyncIterable<Page>;
  /** Path of the file; an existing one is replaced when the new one is whole. */
  file: string;
  /** Which columns, and in which order; the first line names them. The caller knows that they exist. */
  columns: readonly string[];
  /** One character: no quote, apostrophe or line end. */
  separator: string;
  /** Whether the file starts with a UTF-8 byte order mark (Excel wants one). */
  bom: boolean;
  /** Cells as they are. Otherwise a cell that a spreadsheet would run is preceded by an apostrophe. */
  raw: boolean;
  /** After each page: rows and bytes written so far. */
  onProgress: (progress: { rows: number; bytes: number }) => void;
  signal: AbortSignal;
}

export interface CsvExported {
  rows: number;
  bytes: number;
  file: string;
}

/**
 * Resolves when the file is whole and on disk. Errors: `BAD_INPUT` {detail}, `EXPORT_UNWRITABLE` {path, detail},
 * `DISK_FULL` {path}, `CANCELLED`; what `rows` throws is passed on. After any of them nothing is left behind.
 */
export async function exportCsv(options: CsvExport): Promise<CsvExported> {
  const { rows, file, columns, separator, bom, raw, onProgress, signal } = options;
  if (!/^[^"'\r\n\p{Cs}]$/u.test(separator)) {
    throw new RiachoError('BAD_INPUT', { detail: `separator ${JSON.stringify(separator)}` });
  }
  if (columns.length === 0) throw new RiachoError('BAD_INPUT', { detail: 'no columns' });
  const toLines = lineWriter({ columns: columns.length, separator, raw });
  return writeWhole(file, async (append) => {
    const done = { rows: 0, bytes: 0 };
    const write = counting(append, done);
    await write((bom ? '\uFEFF' : '') + toLines([columns]));
    for await (const page of untilAborted(rows, signal)) {
      await write(toLines(page.map((row) => columns.map((column) => cellOf(row, column)))));
      done.rows += page.length;
      onProgress({ ...done });
    }
    return { ...done, file };
  });
}

function cellOf(row: Readonly<Record<string, Cell>>, column: string): Cell {
  return Object.hasOwn(row, column) ? (row[column] ?? null) : null;
}

/** One call makes the lines of a whole page. */
function lineWriter(form: { columns: number; separator: string; raw: boolean }) {
  return (records: ReadonlyArray<readonly Cell[]>): string =>
    stringify([...records], {
      delimiter: form.separator,
      record_delimiter: '\r\n',
      // A lone CR or LF is quoted too; by default it is not, once the line end is chosen.
      quote_record_delimiter: true,
      // Guards cells that begin with = + - @ tab or CR, and with the full-width forms of the signs.
      escape_formulas: !form.raw,
      // A single empty cell would be an empty line, which readers skip.
      quoted_empty: form.columns === 1,
    });
}

function counting(append: Append, done: { bytes: number }) {
  return async (text: string): Promise<void> => {
    const bytes = Buffer.from(text);
    await append(bytes);
    done.bytes += bytes.length;
  };
}

/** The pages of `rows`, but rejects with `CANCELLED` as soon as `signal` aborts, even while a page is awaited. */
async function* untilAborted(rows: AsyncIterable<Page>, signal: AbortSignal): AsyncGenerator<Page> {
  const pages = rows[Symbol.asyncIterator]();
  let isEnded = false;
  try {
    for (;;) {
      const next = await orAborted(pages.next(), signal);
      isEnded = next.done === true;
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    // Lets the rows' owner let go. Not awaited: it may hang in the very page that nobody waits for any more.
    if (!isEnded) pages.return?.().catch(() => undefined);
  }
}

/** Not a race against one long promise: that would keep every page it ever lost to. */
function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = () => reject(new RiachoError('CANCELLED', {}, signal.reason));
    if (signal.aborted) cancel();
    signal.addEventListener('abort', cancel, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', cancel));
  });
}
