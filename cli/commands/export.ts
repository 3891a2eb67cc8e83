// export: the table into a CSV file, with progress; Ctrl-C leaves nothing behind.
import { resolve } from 'node:path';
import { RiachoError } from '../../words/errors.ts';
import type { ExportInput } from '../../contract/contract.ts';
import { userColumns } from '../../words/users.ts';
import type { Client, Terminal } from '../host.ts';
import { size } from '../screen.ts';

export interface ExportFlags {
  csv: string;
  columns?: string[];
  separator: string;
  bom?: boolean;
  raw?: boolean;
}

/** One of the contract's exports, and what it is asked. */
export interface CsvRequest {
  file: string;
  start: (file: string) => Promise<void>;
  calls: Pick<Client['export'], 'next' | 'cancel'>;
}

/** Writes the users' table; see `followExport`. */
export function writeCsv(terminal: Terminal, { file, ...form }: ExportInput): Promise<void> {
  const calls = terminal.client.export;
  return followExport(terminal, { file, start: (path) => calls.start({ ...form, file: path }), calls });
}

/** Writes the file and shows how it goes; rejects with `CANCELLED` on Ctrl-C, when nothing is left. */
export async function followExport(
  { screen, say, signal }: Pick<Terminal, 'screen' | 'say' | 'signal'>,
  request: CsvRequest,
): Promise<void> {
  const { calls } = request;
  const file = resolve(request.file);
  await request.start(file);
  const cancel = (): void => void calls.cancel().catch(() => undefined);
  signal.addEventListener('abort', cancel, { once: true });
  if (signal.aborted) cancel();
  try {
    for (let version = 0; ;) {
      const framed = await calls.next({ after: version });
      version = framed.version;
      const { status, rows, bytes, fault } = framed.frame;
      if (status === 'running') {
        screen.changing([say('cli.exporting', { file, rows, ...size(bytes) })]);
        screen.event({ event: 'export', status, rows, bytes, file });
        continue;
      }
      screen.settle();
      if (status === 'cancelled') throw new RiachoError('CANCELLED');
      if (fault) throw new RiachoError(fault.code, fault.params);
      screen.line(say('cli.exported', { file, rows, ...size(bytes) }));
      screen.event({ event: 'export', status, rows, bytes, file });
      return;
    }
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}

/** The flags as the contract takes them. Throws `EXPORT_BAD_COLUMN` for a column that is none of `all`. */
export function formOf<C extends string>(
  { csv, columns, separator, bom, raw }: ExportFlags,
  all: readonly C[],
) {
  const toColumn = (name: string): C => {
    const column = all.find((one) => one === name);
    if (column === undefined)
      throw new RiachoError('EXPORT_BAD_COLUMN', { column: name, columns: all.join(', ') });
    return column;
  };
  return {
    file: csv,
    separator,
    bom: bom ?? false,
    raw: raw ?? false,
    ...(columns && { columns: columns.map(toColumn) }),
  };
}

export async function exportCommand(terminal: Terminal, flags: ExportFlags): Promise<void> {
  await writeCsv(terminal, formOf(flags, userColumns));
}
