// What an export button exports: which columns there are, and the calls that do it. One for each lab's table.
import type { ExportInput } from '../../../contract/contract.ts';
import type { ExportFrame } from '../../../words/messages.ts';
import type { Client } from '../../api/client.ts';
import type { Framed } from '../../api/pull.ts';

interface CallOptions {
  signal: AbortSignal;
}

/** What a person chooses; without `columns` all of them. */
export type ExportChoice = Omit<ExportInput, 'columns'> & { columns?: string[] };

export interface ExportTarget {
  columns: readonly string[];
  /** Of the file, without date and ending. */
  fileName: string;
  start: (choice: ExportChoice, options: CallOptions) => Promise<void>;
  next: (input: { after: number }, options: CallOptions) => Promise<Framed<ExportFrame>>;
  cancel: Client['export']['cancel'];
}
