// One reading of a topic: its session, the rows it brought, how it goes. Outside React, since thousands of rows a
// second pass through it; the store holds numbers and a version, never rows. Whoever begins it ends it.
import { createStore, type StoreApi } from 'zustand/vanilla';
import {
  sessionRows,
  type BrowseFilter,
  type BrowseFrame,
  type BrowseFrom,
  type LabTopic,
  type MessageRow,
} from '../../words/browse.ts';
import { RiachoError, type Fault } from '../../words/errors.ts';
import type { Client } from '../api/client.ts';
import type { Framed } from '../api/pull.ts';
import { keepSession } from '../api/session.ts';
import { Ring } from './ring.ts';

export interface ReadingQuery {
  topic: LabTopic;
  from: BrowseFrom;
  filter: BrowseFilter;
}

/** What a reading calls of the app. */
export type ReadingCalls = Pick<Client['messages'], 'open' | 'next' | 'resume' | 'close'>;

export type ReadingPhase =
  | { status: 'opening' | 'reading' | 'live' | 'full' | 'done' | 'cancelled' }
  /** Begins again by itself as soon as it can. */
  | { status: 'waiting'; fault: Fault }
  | { status: 'failed'; fault: Fault };

export interface ReadingState {
  phase: ReadingPhase;
  /** Changes whenever `rows` did. */
  version: number;
  scanned: number;
  total: number;
  matched: number;
  /** Matches of a live reading that came faster than they could be handed out, or than a pause could keep them. */
  skipped: number;
  /** Matches that came behind a pause. */
  held: number;
  /** Whether the newest row is to be in sight. Live, a reading that does not follow is paused. */
  isFollowing: boolean;
  /** Whether a live reading was cut off for a while. */
  hasGap: boolean;
}

/** Faults that pass by themselves. */
const passing = new Set<Fault['code']>([
  'SESSION_GONE',
  'CONNECTION_LOST',
  'STACK_NOT_RUNNING',
  'STACK_BUSY',
  'BROKER_UNREACHABLE',
  'CANCELLED',
]);

export class Reading {
  /** No other reading has it. */
  readonly id = crypto.randomUUID();
  readonly query: ReadingQuery;
  readonly rows = new Ring<MessageRow>(sessionRows);
  readonly store: StoreApi<ReadingState>;
  readonly #client: ReadingCalls;
  readonly #ending = new AbortController();
  readonly #held = new Ring<MessageRow>(sessionRows);
  #session: string | undefined;
  /** What earlier sessions of a live reading had scanned and matched. */
  #before = { scanned: 0, matched: 0 };

  /** Begins at once. */
  constructor(client: ReadingCalls, query: ReadingQuery) {
    this.#client = client;
    this.query = query;
    const { at } = query.from;
    this.store = createStore<ReadingState>(() => ({
      phase: { status: 'opening' },
      version: 0,
      scanned: 0,
      total: 0,
      matched: 0,
      skipped: 0,
      held: 0,
      isFollowing: at === 'live' || at === 'newest',
      hasGap: false,
    }));
    void this.#keep();
  }

  get isLive(): boolean {
    return this.query.from.at === 'live';
  }

  /** Ends its session; what was read stays. */
  end(): void {
    this.#ending.abort();
  }

  /** What a person cancels says so. */
  cancel(): void {
    this.end();
    this.store.setState({ phase: { status: 'cancelled' } });
  }

  /** Stops following the newest: live, what comes is kept behind a pause. */
  pause(): void {
    this.store.setState({ isFollowing: false });
  }

  /** Follows again, with all that came behind the pause. */
  goOn(): void {
    this.#show(this.#held);
    this.#held.clear();
    this.store.setState({ isFollowing: true, held: 0 });
  }

  /** From a full reading on to its next rows, in place of those shown. */
  resume(): void {
    const session = this.#session;
    if (session === undefined) return;
    this.rows.clear();
    this.store.setState(({ version }) => ({ phase: { status: 'reading' }, version: version + 1 }));
    // Where the session is gone, its next pull says so and it is opened again.
    this.#client.resume({ session }).catch(() => undefined);
  }

  #keep(): Promise<void> {
    const { query } = this;
    return keepSession<BrowseFrame>(
      {
        open: () => this.#client.open(query),
        next: (input, options) => this.#client.next(input, options),
        close: (input) => this.#client.close(input),
      },
      {
        onOpen: (session) => this.#begin(session),
        onFrame: (framed) => this.#take(framed),
        onFault: (fault) => {
          const willReopen = passing.has(fault.code);
          this.store.setState({ phase: { status: willReopen ? 'waiting' : 'failed', fault } });
          return willReopen;
        },
      },
      this.#ending.signal,
    );
  }

  #begin(session: string): void {
    const isAgain = this.#session !== undefined;
    this.#session = session;
    if (!isAgain) return;
    if (this.isLive) {
      const { scanned, matched } = this.store.getState();
      this.#before = { scanned, matched };
      this.store.setState({ hasGap: true });
    } else {
      // What is there is read again from the same place.
      this.rows.clear();
    }
  }

  #take({ frame, skipped }: Framed<BrowseFrame>): boolean {
    const { state, messages, total } = frame;
    if (state.status === 'failed') throw new RiachoError(state.fault.code, state.fault.params);
    const isPaused = this.isLive && !this.store.getState().isFollowing;
    const forgotten = isPaused ? this.#held.push(messages) : 0;
    if (!isPaused) this.#show(messages);
    this.store.setState((before) => ({
      // The same object while nothing changed, so that who shows it draws nothing.
      phase: before.phase.status === state.status ? before.phase : { status: state.status },
      scanned: this.#before.scanned + frame.scanned,
      matched: this.#before.matched + frame.matched,
      total,
      held: isPaused ? before.held + messages.length : 0,
      skipped: before.skipped + skipped + forgotten,
    }));
    return state.status === 'done';
  }

  #show(rows: Iterable<MessageRow>): void {
    const { end } = this.rows;
    this.rows.push(rows);
    if (this.rows.end !== end) this.store.setState(({ version }) => ({ version: version + 1 }));
  }
}
