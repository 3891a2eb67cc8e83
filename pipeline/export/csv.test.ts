// Reads back what was written, with another library, and breaks the export off in every way.
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exportCsv, type CsvExport, type Page } from './csv.ts';

const place = { folder: '' };
beforeEach(() => {
  place.folder = mkdtempSync(join(tmpdir(), 'riacho-export-'));
});
afterEach(() => rmSync(place.folder, { recursive: true, force: true }));

async function* pagesOf(...pages: Page[]): AsyncGenerator<Page> {
  yield* pages;
}

/** An export of one column `a`, which `changes` makes what a test is about. */
function asked(changes: Partial<CsvExport> = {}): CsvExport {
  return {
    rows: pagesOf(),
    file: join(place.folder, 'users.csv'),
    columns: ['a'],
    separator: ',',
    bom: false,
    raw: false,
    onProgress: () => undefined,
    signal: new AbortController().signal,
    ...changes,
  };
}

async function textOf(changes: Partial<CsvExport>): Promise<string> {
  const { file } = await exportCsv(asked(changes));
  return readFileSync(file, 'utf8');
}

const left = () => readdirSync(place.folder);

/** Nothing is forbidden to root, so for a while this process is nobody; whether it had to be. */
function becomeOrdinary(): boolean {
  if (process.geteuid?.() !== 0) return false;
  process.seteuid?.('nobody');
  return true;
}

describe('the file', () => {
  it('has a header, the columns in their order, CRLF line ends, and empty cells for null', async () => {
    const rows = pagesOf([{ b: '2', a: '1' }], [], [{ a: null, b: 'x' }, { a: '3' }]);
    expect(await textOf({ rows, columns: ['b', 'a'] })).toBe('b,a\r\n2,1\r\nx,\r\n,3\r\n');
  });

  it('has the header alone when there is no row', async () => {
    expect(await textOf({ columns: ['b', 'a'] })).toBe('b,a\r\n');
  });

  it('is UTF-8, with a byte order mark only where wanted', async () => {
    const rows = () => pagesOf([{ a: 'سالاری 😀' }]);
    expect(await textOf({ rows: rows(), bom: true })).toBe('\uFEFFa\r\nسالاری 😀\r\n');
    expect(await textOf({ rows: rows() })).toBe('a\r\nسالاری 😀\r\n');
  });

  it.each([
    ['a quote', 'say "hi"', '"say ""hi"""'],
    ['the separator', 'a,b', '"a,b"'],
    ['CR', 'a\rb', '"a\rb"'],
    ['LF', 'a\nb', '"a\nb"'],
    ['CRLF', 'a\r\nb', '"a\r\nb"'],
    ['nothing', '', '""'],
  ])('has a quoted cell for what holds %s', async (_name, cell, written) => {
    expect(await textOf({ rows: pagesOf([{ a: cell }]), raw: true })).toBe(`a\r\n${written}\r\n`);
  });

  it.each(['=1+1', '+49 1', '-5', '@SUM(A1)', '\tx', '\rx', '＝1', '+"a",b'])(
    'has an apostrophe before a cell that a spreadsheet would run (%j), and none when raw',
    async (cell) => {
      const cellsOf = async (raw: boolean) =>
        parse(await textOf({ rows: pagesOf([{ a: cell }]), raw }), {
          from_line: 1,
          record_delimiter: '\r\n',
        });
      expect(await cellsOf(false)).toEqual([['a'], [`'${cell}`]]);
      expect(await cellsOf(true)).toEqual([['a'], [cell]]);
    },
  );

  it('has numbers as they are, below zero too', async () => {
    expect(await textOf({ rows: pagesOf([{ a: -3.5 }, { a: 0 }, { a: 24_140 }]) })).toBe(
      'a\r\n-3.5\r\n0\r\n24140\r\n',
    );
  });

  it('reads back as it was, whatever the cells and the separator', async () => {
    const cell = fc.option(
      fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[",;\r\n\t'=+@-]{0,6}$/)),
    );
    const row = fc.record({ a: cell, b: cell });
    const separator = fc.constantFrom(',', ';', '\t', '|', '-', '=', '😀');
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(row)), separator, fc.boolean(), async (pages, delimiter, raw) => {
        const text = await textOf({
          rows: pagesOf(...pages),
          columns: ['a', 'b'],
          separator: delimiter,
          raw,
        });
        const expected = pages.flat().map(({ a, b }) => [a, b].map((value) => shown(value ?? '', raw)));
        expect(parse(text, { delimiter, record_delimiter: '\r\n', from: 2 })).toEqual(expected);
      }),
    );
    function shown(value: string, raw: boolean): string {
      return !raw && /^[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/.test(value) ? `'${value}` : value;
    }
  });

  it('does not take for a cell what a row merely inherits', async () => {
    expect(await textOf({ rows: pagesOf([{}]), columns: ['toString', 'a'] })).toBe('toString,a\r\n,\r\n');
  });

  it('takes the place of a former one', async () => {
    writeFileSync(join(place.folder, 'users.csv'), 'old');
    expect(await textOf({ rows: pagesOf([{ a: '1' }]) })).toBe('a\r\n1\r\n');
    expect(left()).toEqual(['users.csv']);
  });

  it('may have a name as long as the system takes', async () => {
    const name = `${'é'.repeat(125)}.csv`;
    await exportCsv(asked({ file: join(place.folder, name) }));
    expect(left()).toEqual([name]);
  });
});

describe('on the way', () => {
  it('tells the rows and bytes so far after each page, and at the end', async () => {
    const told: unknown[] = [];
    const rows = pagesOf([{ a: '1' }, { a: '22' }], [{ a: 'é' }]);
    const exported = await exportCsv(asked({ rows, onProgress: (progress) => told.push(progress) }));
    expect(told).toEqual([
      { rows: 2, bytes: 10 },
      { rows: 3, bytes: 14 },
    ]);
    expect(exported).toEqual({ rows: 3, bytes: 14, file: join(place.folder, 'users.csv') });
    expect(readFileSync(exported.file)).toHaveLength(14);
  });

  it('asks for a page only when the one before is written', async () => {
    const { folder } = place;
    const sizes: number[] = [];
    async function* rows(): AsyncGenerator<Page> {
      for (const a of ['1', '2']) {
        const [part] = readdirSync(folder);
        sizes.push(readFileSync(join(folder, part ?? '')).length);
        yield [{ a }];
      }
    }
    await exportCsv(asked({ rows: rows() }));
    expect(sizes).toEqual([3, 6]);
  });

  it('shows nothing under the name itself until all is there', async () => {
    const file = join(place.folder, 'users.csv');
    const seen: boolean[] = [];
    await exportCsv(
      asked({ rows: pagesOf([{ a: '1' }], [{ a: '2' }]), onProgress: () => seen.push(existsSync(file)) }),
    );
    expect(seen).toEqual([false, false]);
  });
});

describe('broken off', () => {
  /** How it ended, and what the folder then holds. */
  const outcomeOf = async (changes: Partial<CsvExport>) => {
    const error: unknown = await exportCsv(asked(changes)).catch((thrown: unknown) => thrown);
    return { error, left: left() };
  };
  const cancelled = { error: { code: 'CANCELLED' }, left: [] };

  it('by the person between two pages: CANCELLED, and the folder is empty', async () => {
    const stop = new AbortController();
    const rows = pagesOf([{ a: '1' }], [{ a: '2' }]);
    expect(await outcomeOf({ rows, signal: stop.signal, onProgress: () => stop.abort() })).toMatchObject(
      cancelled,
    );
  });

  it('by the person while a page is awaited that never comes', async () => {
    const stop = new AbortController();
    async function* rows(): AsyncGenerator<Page> {
      yield [{ a: '1' }];
      stop.abort();
      await new Promise(() => undefined);
    }
    expect(await outcomeOf({ rows: rows(), signal: stop.signal })).toMatchObject(cancelled);
  });

  it('by the person before it began', async () => {
    expect(await outcomeOf({ signal: AbortSignal.abort() })).toMatchObject(cancelled);
  });

  it('by the rows: their own error', async () => {
    async function* rows(): AsyncGenerator<Page> {
      yield [{ a: '1' }];
      throw new RangeError('gone');
    }
    expect(await outcomeOf({ rows: rows() })).toEqual({ error: new RangeError('gone'), left: [] });
  });

  it('leaves a former file as it was', async () => {
    writeFileSync(join(place.folder, 'users.csv'), 'old');
    await expect(exportCsv(asked({ signal: AbortSignal.abort() }))).rejects.toMatchObject({
      code: 'CANCELLED',
    });
    expect(left()).toEqual(['users.csv']);
    expect(readFileSync(join(place.folder, 'users.csv'), 'utf8')).toBe('old');
  });

  it('lets the rows go', async () => {
    const ended: string[] = [];
    const stop = new AbortController();
    async function* rows(): AsyncGenerator<Page> {
      try {
        yield [{ a: '1' }];
        yield [{ a: '2' }];
      } finally {
        ended.push('ended');
      }
    }
    await outcomeOf({ rows: rows(), signal: stop.signal, onProgress: () => stop.abort() });
    expect(ended).toEqual(['ended']);
  });
});

describe('refused', () => {
  it('where the folder is missing', async () => {
    const file = join(place.folder, 'none', 'users.csv');
    await expect(exportCsv(asked({ file }))).rejects.toMatchObject({
      code: 'EXPORT_UNWRITABLE',
      params: { path: file, detail: 'ENOENT' },
    });
  });

  it('where a folder has that name', async () => {
    await expect(exportCsv(asked({ file: place.folder }))).rejects.toMatchObject({
      code: 'EXPORT_UNWRITABLE',
      params: { path: place.folder, detail: 'EISDIR' },
    });
  });

  it('where a device has that name', async () => {
    await expect(exportCsv(asked({ file: '/dev/null' }))).rejects.toMatchObject({
      code: 'EXPORT_UNWRITABLE',
    });
  });

  it('where the folder may not be written', async () => {
    chmodSync(place.folder, 0o555);
    const became = becomeOrdinary();
    try {
      await expect(exportCsv(asked())).rejects.toMatchObject({
        code: 'EXPORT_UNWRITABLE',
        params: { detail: 'EACCES' },
      });
    } finally {
      if (became) process.seteuid?.(0);
      chmodSync(place.folder, 0o700);
    }
  });

  it.each(['', ',,', '"', "'", '\r', '\n', '\ud800', 'ab'])('the separator %j', async (separator) => {
    await expect(exportCsv(asked({ separator }))).rejects.toMatchObject({ code: 'BAD_INPUT' });
    expect(left()).toEqual([]);
  });

  it('an export without columns', async () => {
    await expect(exportCsv(asked({ columns: [] }))).rejects.toMatchObject({ code: 'BAD_INPUT' });
  });
});
