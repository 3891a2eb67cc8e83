// The rows of the lab's table: read as pages, found by id, counted. Writes nothing.
import type { Connections } from './connections.ts';
import type { Exported } from './exports.ts';
import type { Database } from '../pipeline/cassandra/database.ts';
import { lastToken, ringToken, tokenAt } from '../pipeline/cassandra/ring.ts';
import { allUsers } from '../pipeline/users/rows.ts';
import { sizeOfTable, type TableSize } from '../pipeline/users/table-size.ts';
import { RiachoError } from '../words/errors.ts';
import type { TablePage } from '../words/messages.ts';
import { userColumns } from '../words/users.ts';

export interface WindowInput {
  from: { token: string } | { fraction: number };
  until?: string | undefined;
  limit: number;
}

export interface RowWindow {
  rows: TablePage['rows'];
  first?: string;
  last?: string;
  isEnd: boolean;
}

export class Rows {
  readonly #connections: Connections;

  constructor(connections: Connections) {
    this.#connections = connections;
  }

  /** Rejects, as all here, with `TABLE_MISSING` or `TABLE_SHAPE` where the table is not the lab's. */
  read(limit: number, page?: string): Promise<TablePage> {
    return this.#ask((database) => database.readUsers(limit, page));
  }

  /** Rows in token order from a place on the ring on. */
  async window({ from, until, limit }: WindowInput): Promise<RowWindow> {
    const start = 'token' in from ? ringToken(from.token) : tokenAt(from.fraction);
    const { rows, first, last } = await this.#ask((database) =>
      database.readWindow({ from: start, ...(until !== undefined && { until: ringToken(until) }), limit }),
    );
    const isEnd = last === lastToken.toString() || (until === undefined && rows.length < limit);
    return { rows, ...(first !== undefined && { first }), ...(last !== undefined && { last }), isEnd };
  }

  /** How many rows there are: counted where they are few, else reckoned. Takes some 100 ms at most. */
  size(_signal?: AbortSignal): Promise<TableSize> {
    return this.#ask((database) => sizeOfTable(database));
  }

  /** A page of one row, or of none. */
  async find(id: string): Promise<TablePage> {
    const found = await this.#ask((database) => database.findUser(id));
    return { columns: [...userColumns], rows: found ? [found.row] : [] };
  }

  /** Every row, for an export. */
  async all(): Promise<Exported> {
    const { database } = await this.#connections.open();
    await database.ensureUsersTable(undefined);
    return { rows: allUsers(database), expectedRows: sizeOfTable(database).then(({ rows }) => rows) };
  }

  count(signal?: AbortSignal): Promise<number> {
    return this.#ask((database) => database.countUsers(signal));
  }

  /** Our own statement is right: where Cassandra refuses it, the table is what a person should hear of. */
  async #ask<T>(read: (database: Database) => Promise<T>): Promise<T> {
    const { database } = await this.#connections.open();
    try {
      return await read(database);
    } catch (error) {
      if (error instanceof RiachoError && error.code === 'CQL_REFUSED')
        await database.ensureUsersTable(undefined);
      throw error;
    }
  }
}
