// Readings of a fed lab's topic: sessions that hand out messages as fast as the pace says, in frames as the app's.
import { randomUUID } from 'node:crypto';
import { frameRows, sessionRows, type BrowseFrame, type BrowseFrom } from '../../words/browse.ts';
import { toFramed, type Framed } from '../../app/streams/feed.ts';
import { messageRowOf } from './fed-data.ts';
import type { FedClock } from './fed-clock.ts';

interface Session {
  from: BrowseFrom['at'];
  hasFilter: boolean;
  /** Messages in the topic when it was opened. */
  opened: number;
  /** Matches it may hand out before it rests. */
  allowed: number;
}

/** One of so many fits a filter. */
const filterShare = 10;
const newestRows = 1_000;

export class FedBrowsing {
  readonly #clock: FedClock;
  readonly #sessions = new Map<string, Session>();

  constructor(clock: FedClock) {
    this.#clock = clock;
  }

  open(from: BrowseFrom['at'], hasFilter: boolean): string {
    const session = randomUUID();
    this.#sessions.set(session, { from, hasFilter, opened: this.#clock.inTopic, allowed: sessionRows });
    return session;
  }

  resume(session: string): void {
    const found = this.#sessions.get(session);
    if (found) found.allowed += sessionRows;
  }

  close(session: string): void {
    this.#sessions.delete(session);
  }

  async next(session: string, after: number): Promise<Framed<BrowseFrame>> {
    const found = this.#sessions.get(session);
    if (!found) throw new Error(`no session ${session}`);
    if (found.from === 'live') return this.#live(found, after);
    const share = found.hasFilter ? filterShare : 1;
    const total = found.from === 'newest' ? Math.min(newestRows, found.opened) : found.opened;
    const matching = Math.floor(total / share);
    const matched = Math.min(matching, found.allowed, after + frameRows);
    const first = found.from === 'newest' ? found.opened - total : 0;
    const isDone = matched === matching;
    const isFull = !isDone && matched === found.allowed;
    if (after === matched) await new Promise((resolve) => setTimeout(resolve, 1_000));
    return toFramed(
      matched,
      {
        state: { status: isDone ? 'done' : isFull ? 'full' : 'reading' },
        scanned: isDone ? total : matched * share,
        total,
        matched,
        messages: this.#rows(after, matched, (seq) => first + (seq - 1) * share),
      },
      matched,
    );
  }

  /** What does not fit a frame is counted as skipped. */
  #live({ opened, hasFilter }: Session, after: number): Framed<BrowseFrame> {
    const share = hasFilter ? filterShare : 1;
    const scanned = this.#clock.inTopic - opened;
    const matched = Math.floor(scanned / share);
    const from = Math.max(after, matched - frameRows);
    return {
      version: matched,
      skipped: from - after,
      frame: {
        state: { status: 'live' },
        scanned,
        total: scanned,
        matched,
        messages: this.#rows(from, matched, (seq) => opened + (seq - 1) * share),
      },
    };
  }

  #rows(after: number, last: number, numberOf: (seq: number) => number): BrowseFrame['messages'] {
    const at = Date.now();
    return Array.from({ length: last - after }, (_, index) => {
      const seq = after + index + 1;
      return messageRowOf(seq, numberOf(seq), at);
    });
  }
}
