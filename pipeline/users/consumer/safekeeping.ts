// Makes acknowledged rows safe: commits late, and goes back when a Cassandra node was lost in between.
// An acknowledged row is on disk only after the commit log's next sync (design: Delivery).
import { setTimeout as delay } from 'node:timers/promises';
import { RiachoError } from '../../../words/errors.ts';
import type { Database } from '../../cassandra/database.ts';
import type { GroupReader } from '../../kafka/broker.ts';
import type { Books } from './books.ts';
import { encodeMetadata } from './position.ts';

/** Longest wait between two tries to reach a lost node. */
const probeMaxMs = 2_000;

export interface SafekeepingOptions {
  database: Database;
  reader: GroupReader;
  books: Books;
  log: (message: string, detail?: unknown) => void;
  /** A node is away: nothing is to be taken until `back`. */
  lost: (error: unknown) => void;
  /** The books are at the last commit again, and the reader was sent there. */
  back: () => void;
  /** The node is there and the table is not, or not as it was: waiting would be for ever. */
  failed: (error: unknown) => void;
}

export class Safekeeping {
  readonly #options: SafekeepingOptions;
  #incarnation = '';
  #syncPeriodMs = 0;
  #recovering: Promise<void> | undefined;
  #isClosed = false;
  #rewinds = 0;

  constructor(options: SafekeepingOptions) {
    this.#options = options;
  }

  /** Learns how long Cassandra takes to make a row safe. */
  async open(): Promise<void> {
    this.#syncPeriodMs = await this.#options.database.syncPeriodMs();
  }

  /** From acknowledgement to commit, in ms. */
  get lagMs(): number {
    return 2 * this.#syncPeriodMs;
  }

  get isRecovering(): boolean {
    return this.#recovering !== undefined;
  }

  /** Times the books went back. */
  get rewinds(): number {
    return this.#rewinds;
  }

  /** To be called before the first row of a generation is written: later lives of a node are compared with it. */
  async begin(): Promise<void> {
    this.#incarnation = await this.#options.database.incarnation();
  }

  /** Commits what was acknowledged long enough ago, provided that no node went away since. */
  async commitRipe(): Promise<void> {
    const { books, database, reader } = this.#options;
    const ripe = books.ripe(performance.now() - this.lagMs);
    if (ripe.length === 0 || this.isRecovering) return;
    let incarnation: string;
    try {
      incarnation = await database.incarnation();
    } catch (error) {
      this.lose(error);
      return;
    }
    if (this.isRecovering || !ripe.every(({ ledger }) => books.isCurrent(ledger))) return;
    if (incarnation !== this.#incarnation) {
      this.lose(new RiachoError('CASSANDRA_UNREACHABLE', { address: incarnation }));
      return;
    }
    await reader.commit(
      ripe.map(({ ledger, position }) => ({
        partition: ledger.partition,
        offset: position.offset,
        metadata: encodeMetadata(position.counters),
      })),
    );
    for (const { ledger, position } of ripe) ledger.commit(position);
  }

  /** To be called when a write failed though the row is good. */
  lose(error: unknown): void {
    if (this.isRecovering || this.#isClosed) return;
    this.#options.log('a Cassandra node was lost', error);
    this.#options.lost(error);
    this.#recovering = this.#recover().finally(() => {
      this.#recovering = undefined;
    });
  }

  /** Ends a recovery under way. */
  close(): void {
    this.#isClosed = true;
  }

  /** Waits for the node, then goes back to the last commit and writes again: upserts, so nothing changes. */
  async #recover(): Promise<void> {
    const { books, database, reader, log, back, failed } = this.#options;
    for (let pauseMs = 100; !this.#isClosed; pauseMs = Math.min(2 * pauseMs, probeMaxMs)) {
      try {
        this.#incarnation = await database.incarnation();
        // The driver says of a dropped table what it says of a lost node.
        await database.ensureUsersTable(undefined);
        break;
      } catch (error) {
        if (isTableFault(error)) {
          failed(error);
          return;
        }
        await delay(pauseMs);
      }
    }
    if (this.#isClosed) return;
    this.#rewinds += 1;
    for (const ledger of books.rewind()) {
      try {
        reader.seek(ledger.partition, ledger.next);
      } catch (error) {
        // Only while the reader starts again: it then joins anew and reads its positions from the broker.
        log('seeking while the reader restarts', error);
      }
    }
    back();
  }
}

/** Whether the table is missing or of another shape. */
export function isTableFault(error: unknown): boolean {
  return error instanceof RiachoError && (error.code === 'TABLE_MISSING' || error.code === 'TABLE_SHAPE');
}

const passing = new Set(['BROKER_UNREACHABLE', 'BROKER_REFUSED', 'CASSANDRA_UNREACHABLE']);

/** Whether waiting is of use: a server is away, or not itself yet. */
export function isPassing(error: unknown): error is RiachoError {
  return error instanceof RiachoError && passing.has(error.code);
}
