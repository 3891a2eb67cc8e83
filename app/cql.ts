// Any statement a person writes, run on the cluster of the lab; one that removes data must be confirmed.
import { RiachoError } from '../words/errors.ts';
import type { TablePage } from '../words/messages.ts';
import type { Connections } from './connections.ts';

/** So much of a statement is shown when it is asked about. */
const shownChars = 200;

export interface CqlInput {
  statement: string;
  limit: number;
  isConfirmed: boolean;
}

/**
 * What is no CQL word: comments (`--`, `//`, between slash and star), texts (in quotes or between `$$`), and names in
 * double quotes. The first that begins wins, so that a quote in a comment opens no text.
 */
const noWords = /--[^\n]*|\/\/[^\n]*|\/\*[^]*?(?:\*\/|$)|'(?:[^']|'')*'|\$\$[^]*?\$\$|"(?:[^"]|"")*"/g;

/** Whether the statement removes rows, columns, tables or more. All three words are reserved: no column bears them. */
export function isDestructive(statement: string): boolean {
  return /\b(?:drop|truncate|delete)\b/i.test(statement.replaceAll(noWords, ' '));
}

export class Cql {
  readonly #connections: Connections;

  constructor(connections: Connections) {
    this.#connections = connections;
  }

  /** The first page of the answer. Rejects with `CQL_DESTRUCTIVE` {statement} or `CQL_REFUSED` {detail}. */
  async execute({ statement, limit, isConfirmed }: CqlInput): Promise<TablePage> {
    const { database } = await this.#connections.open();
    if (!isConfirmed && isDestructive(statement)) {
      throw new RiachoError('CQL_DESTRUCTIVE', { statement: statement.trim().slice(0, shownChars) });
    }
    return database.execute(statement, limit);
  }
}
