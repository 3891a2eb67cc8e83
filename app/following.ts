// One record followed: from its message to what became of it, from a row to its message.
import type { FollowFrame } from '../words/browse.ts';
import { faultOf } from '../words/errors.ts';
import { usersTopic } from '../words/users.ts';
import { getMessage } from '../pipeline/browse/get-message.ts';
import type { Message } from '../pipeline/kafka/broker.ts';
import { findLetter } from '../pipeline/users/letter-box.ts';
import type { Connections, Lab } from './connections.ts';
import type { Log } from './log.ts';
import type { Runs } from './runs.ts';
import { Feed, type Framed } from './streams/feed.ts';
import { Sessions } from './streams/sessions.ts';

export type FollowStart = { by: 'message'; partition: number; offset: number } | { by: 'row'; id: string };

interface Follow {
  frame: FollowFrame;
  feed: Feed<FollowFrame>;
  stop: AbortController;
  done: Promise<void>;
  /** What was found, for as long as nothing has become of it. */
  waiting?: Message | undefined;
}

export class Following {
  readonly #connections: Connections;
  readonly #runs: Runs;
  readonly #log: Log;
  readonly #sessions = new Sessions<Follow>(async ({ stop, done }) => {
    stop.abort();
    await done;
  });

  constructor(connections: Connections, runs: Runs, log: Log) {
    this.#connections = connections;
    this.#runs = runs;
    this.#log = log;
    connections.onClose(() => this.#sessions.closeAll());
  }

  /** Begins to look; how it goes is seen by `next`. Rejects with `MESSAGE_GONE` where a message is not there. */
  async open(start: FollowStart): Promise<{ session: string }> {
    const lab = await this.#connections.open();
    const follow: Follow = {
      frame: { status: 'scanning', scanned: 0, total: 0 },
      feed: new Feed<FollowFrame>(() => follow.frame),
      stop: new AbortController(),
      done: Promise.resolve(),
    };
    if (start.by === 'message') {
      await this.#found(follow, lab, await getMessage(lab.broker, { ...start, topic: usersTopic }));
    } else follow.done = this.#scan(follow, lab, start.id);
    return { session: this.#sessions.add(follow) };
  }

  async next(input: { session: string; after: number }, signal?: AbortSignal): Promise<Framed<FollowFrame>> {
    const follow = this.#sessions.get(input.session);
    if (follow.waiting) await this.#found(follow, await this.#connections.open(), follow.waiting);
    return follow.feed.next(input.after, signal);
  }

  close(session: string): Promise<void> {
    return this.#sessions.close(session);
  }

  async #scan(follow: Follow, lab: Lab, id: string): Promise<void> {
    const { signal } = follow.stop;
    try {
      const { findMessageOfRow } = await import('../pipeline/users/record-way.ts');
      const message = await findMessageOfRow(lab.broker, {
        id,
        signal,
        progress: (scanned, total) => {
          follow.frame = { status: 'scanning', scanned, total };
        },
      });
      if (message) await this.#found(follow, lab, message);
      else follow.frame = { ...follow.frame, status: 'gone' };
    } catch (error) {
      if (signal.aborted) return;
      this.#log('following a row ended', error);
      follow.frame = { ...follow.frame, status: 'failed', fault: faultOf(error) };
    }
  }

  async #found(follow: Follow, lab: Lab, message: Message): Promise<void> {
    const { wayOf } = await import('../pipeline/users/record-way.ts');
    const positions = await this.#runs.positions();
    const decided = positions.get(message.partition)?.offset ?? 0;
    const record = await wayOf(message, lab.database, decided);
    follow.frame = { ...follow.frame, status: 'found', record };
    follow.waiting = record.fate.status === 'waiting' ? message : undefined;
    if (record.fate.status === 'dead-letter') follow.done = this.#dateRefusal(follow, lab, message);
  }

  /** When it was refused stands in its letter only, which may take a while to find. */
  async #dateRefusal(follow: Follow, { broker }: Lab, message: Message): Promise<void> {
    const { signal } = follow.stop;
    try {
      const { partition, offset, timestamp } = message;
      const letter = await findLetter(broker, { partition, offset, since: timestamp, signal });
      const refusedAt = Date.parse(letter?.refusedAt ?? '');
      const { record } = follow.frame;
      if (Number.isNaN(refusedAt) || record?.fate.status !== 'dead-letter') return;
      const fate = { ...record.fate, refusedAt };
      follow.frame = { ...follow.frame, record: { ...record, fate } };
    } catch (error) {
      if (!signal.aborted) this.#log('looking for a letter ended', error);
    }
  }
}
