// What the pipeline asks of Cassandra, and no more. `driver-database.ts` does it; unit tests hand in fakes.
import type { User } from '../../words/users.ts';

/** Cassandra will never take this row (invalid or too large): it is a dead letter, not a reason to wait. */
export class RowRefusedError extends Error {}

/** One page of a statement's answer, every cell as text; null where the table holds none. */
export interface Page {
  columns: string[];
  rows: Readonly<Record<string, string | null>>[];
  /** Pass it back to read on; absent at the end. */
  next?: string;
}

/** A part of Cassandra's token ring, both ends inclusive; tokens in decimal digits. */
export interface RingPart {
  from: string;
  until?: string;
  limit: number;
}

/** Rows of such a part; the tokens are absent where there are none. */
export interface TokenWindow {
  rows: Page['rows'];
  first?: string;
  last?: string;
}

/** How to make what is absent: asked for by the user, or the embedded stack's own. */
export interface Creation {
  replication: number;
}

export interface Database {
  /** Rejects with `CASSANDRA_UNREACHABLE`, `ACCESS_DENIED` or `CASSANDRA_REFUSED`, as all calls here do. */
  clusterName(): Promise<string>;
  /**
   * Makes keyspace and table if absent and allowed (else `TABLE_MISSING`); a table of another shape is
   * `TABLE_SHAPE`, whose `difference` names the columns.
   */
  ensureUsersTable(creation: Creation | undefined): Promise<void>;
  /** Upserts one row; rejects with `RowRefusedError` or a `RiachoError` when the node is lost. */
  upsert(user: User): Promise<void>;
  /**
   * Which nodes are up and in which of their lives: equal before and after means that none of them went
   * away in between, so an acknowledged row outlived its commit log's sync.
   */
  incarnation(): Promise<string>;
  /** How old an acknowledgement must be to be on disk: the commit log's sync period in ms. */
  syncPeriodMs(): Promise<number>;
  /** Exact number of rows, read range by range so that no single query runs long. */
  countUsers(signal?: AbortSignal): Promise<number>;
  /** Rows in token order, `size` at most, of all the ring or of one part; `page` continues. */
  readUsers(size: number, page?: string, part?: Required<Omit<RingPart, 'limit'>>): Promise<Page>;
  /** Rows in token order from one place on the ring on, `limit` at most, with the tokens of the first and the last. */
  readWindow(part: RingPart): Promise<TokenWindow>;
  /** Only the tokens of such rows. */
  readTokens(part: RingPart): Promise<string[]>;
  /** The row with this id and when it was written (epoch ms); undefined where there is none. */
  findUser(id: string): Promise<{ row: User; writtenAt: number } | undefined>;
  /** Any statement, first page; rejects with `CQL_REFUSED` when the server says no. */
  execute(statement: string, size: number): Promise<Page>;
  close(): Promise<void>;
}
