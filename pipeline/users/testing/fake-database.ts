// A table in memory on one node that can be lost with what it had not yet synced. For tests only.
import { firstToken } from '../../cassandra/ring.ts';
import { RiachoError } from '../../../words/errors.ts';
import type { User } from '../../../words/users.ts';
import type { Database, Page, TokenWindow } from '../../cassandra/database.ts';

export const nodeGone = new RiachoError('CASSANDRA_UNREACHABLE', { address: 'fake' });

export class FakeDatabase implements Database {
  /** The rows that are there now, by id. */
  readonly rows = new Map<string, User>();
  /** The ids of all upserts that were acknowledged, in order. */
  readonly written: string[] = [];
  /** The next upserts reject with these; undefined lets one through. */
  readonly upsertFaults: (Error | undefined)[] = [];
  /** What `ensureUsersTable` rejects with. */
  tableFault: Error | undefined;
  syncMs = 5;
  /** Called after each acknowledged upsert, before the caller hears of it. */
  onWritten: (() => void) | undefined;
  #life = 1;

  /** Kills the node and starts it again at once: the rows that `isLost` picks were not on disk. */
  restart(isLost: (id: string) => boolean): void {
    this.#life += 1;
    for (const id of [...this.rows.keys()].filter(isLost)) this.rows.delete(id);
  }

  clusterName(): Promise<string> {
    return Promise.resolve('fake');
  }

  ensureUsersTable(): Promise<void> {
    return this.tableFault ? Promise.reject(this.tableFault) : Promise.resolve();
  }

  async upsert(user: User): Promise<void> {
    const fault = this.upsertFaults.shift();
    if (fault) throw fault;
    this.rows.set(user.id, user);
    this.written.push(user.id);
    this.onWritten?.();
  }

  incarnation(): Promise<string> {
    return Promise.resolve(`fake:${this.#life}`);
  }

  syncPeriodMs(): Promise<number> {
    return Promise.resolve(this.syncMs);
  }

  countUsers(): Promise<number> {
    return Promise.resolve(this.rows.size);
  }

  /** All rows stand at the first place of the ring, and no other page follows. */
  readUsers(size: number, _page?: string, part?: { from: string }): Promise<Page> {
    const isThere = part === undefined || part.from === firstToken.toString();
    return Promise.resolve({ columns: [], rows: isThere ? [...this.rows.values()].slice(0, size) : [] });
  }

  readWindow(): Promise<TokenWindow> {
    return Promise.resolve({ rows: [] });
  }

  readTokens(): Promise<string[]> {
    return Promise.resolve([]);
  }

  findUser(id: string): Promise<{ row: User; writtenAt: number } | undefined> {
    const row = this.rows.get(id);
    return Promise.resolve(row && { row, writtenAt: 0 });
  }

  execute(): Promise<Page> {
    return Promise.resolve({ columns: [], rows: [] });
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
