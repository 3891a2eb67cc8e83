// export: the table into a CSV file, with progress; Ctrl-C leaves nothing behind.
import { resolve } from 'node:path';
import { RiachoError } from '../../words/errors.ts';
import { userColumns, type UserColumn } from '../../words/users.ts';
import type { Terminal } from '../host.ts';
import { size } from '../screen.ts';

export interface ExportFlags {
  csv: string;
  columns?: string[];
  separator: string;
  bom?: boolean;
  raw?: boolean;
}

export interface CsvRequest {
  file: string;
  columns?: UserColumn[];
  separator?: string;
  bom?: boolean;
  raw?: boolean;
}

/** Writes the file and shows how it goes; rejects with `CANCELLED` on Ctrl-C, when nothing is left. */
export async function writeCsv(
  { client, screen, say, signal }: Terminal,
  request: CsvRequest,
): Promise<void> {
  const file = resolve(request.file);
  await client.export.start({ ...request, file });
  const cancel = (): void => void client.export.cancel().catch(() => undefined);
  signal.addEventListener('abort', cancel, { once: true });
  if (signal.aborted) cancel();
  try {
    for (let version = 0; ;) {
      const framed = await client.export.next({ after: version });
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

export async function exportCommand(terminal: Terminal, flags: ExportFlags): Promise<void> {
  const { csv, columns, separator, bom = false, raw = false } = flags;
  await writeCsv(terminal, {
    file: csv,
    separator,
    bom,
    raw,
    ...(columns && { columns: columns.map(toColumn) }),
  });
}

function toColumn(name: string): UserColumn {
  const column = userColumns.find((one) => one === name);
  if (column === undefined)
    throw new RiachoError('EXPORT_BAD_COLUMN', { column: name, columns: userColumns.join(', ') });
  return column;
}
