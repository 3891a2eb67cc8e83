// The rows of the lab's table: read as pages, found by id, counted. Writes nothing.
import type { Connections } from './connections.ts';
import type { Database } from '../pipeline/cassandra/database.ts';
import { RiachoError } from '../words/errors.ts';
import type { TablePage } from '../words/messages.ts';
import { userColumns } from '../words/users.ts';

export class Rows {
  readonly #connections: Connections;

  constructor(connections: Connections) {
    this.#connections = connections;
  }

  /** Rejects, as all here, with `TABLE_MISSING` or `TABLE_SHAPE` where the table is not the lab's. */
  read(limit: number, page?: string): Promise<TablePage> {
    return this.#ask((database) => database.readUsers(limit, page));
  }

  /** A page of one row, or of none. */
  async find(id: string): Promise<TablePage> {
    const found = await this.#ask((database) => database.findUser(id));
    return { columns: [...userColumns], rows: found ? [found.row] : [] };
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
