// Messages for a person: sessions that are pulled, one message opened, one sent by hand.
import { setTimeout as delay } from 'node:timers/promises';
import type {
  BrowseFilter,
  BrowseFrame,
  BrowseFrom,
  HandMadeKind,
  LabTopic,
  MessagePlace,
  TopicView,
} from '../words/browse.ts';
import { labTopic } from '../words/browse.ts';
import { RiachoError } from '../words/errors.ts';
import type { MessageView, ReadFrom, ReadResult } from '../words/messages.ts';
import { usersTopic } from '../words/users.ts';
import { getMessage } from '../pipeline/browse/get-message.ts';
import { readMessages } from '../pipeline/browse/read-messages.ts';
import { BrowseSession } from '../pipeline/browse/session.ts';
import { openedBytes, toView } from '../pipeline/browse/shown-bytes.ts';
import { TooLargeError } from '../pipeline/kafka/broker.ts';
import type { Source } from '../pipeline/users/sources/source.ts';
import type { Connections } from './connections.ts';
import type { Log } from './log.ts';
import { lookMs, pollMs, type Framed } from './streams/feed.ts';
import { Sessions } from './streams/sessions.ts';

interface Kept {
  session: BrowseSession;
  answeredAt: number;
}

export class Browsing {
  readonly #connections: Connections;
  readonly #log: Log;
  readonly #sessions: Sessions<Kept>;
  #source: Source | undefined;

  /** `vanishedAfterMs`: how long a client may not ask before its session ends; tests set it low. */
  constructor(connections: Connections, log: Log, vanishedAfterMs?: number) {
    this.#connections = connections;
    this.#log = log;
    this.#sessions = new Sessions(({ session }) => session.close(), vanishedAfterMs);
    connections.onClose(() => this.#sessions.closeAll());
  }

  /** The lab's topics, of those that exist. */
  async topics(): Promise<TopicView[]> {
    const { broker } = await this.#connections.open();
    const names = await broker.existing(labTopic.options);
    return Promise.all(
      labTopic.options
        .filter((name) => names.includes(name))
        .map(async (name) => {
          const ranges = await broker.ranges(name);
          const messages = ranges.reduce((sum, { low, high }) => sum + high - low, 0);
          return { name, partitions: ranges.length, messages };
        }),
    );
  }

  async read(options: {
    from: ReadFrom;
    limit: number;
    filter: string;
    signal?: AbortSignal;
  }): Promise<ReadResult> {
    const { broker } = await this.#connections.open();
    return readMessages(broker, usersTopic, options);
  }

  /** Begins a reading that goes on by itself; what comes after this resolves is seen by `live`. */
  async open(task: {
    topic: LabTopic;
    from: BrowseFrom;
    filter: BrowseFilter;
  }): Promise<{ session: string }> {
    const { broker } = await this.#connections.open();
    const session = await BrowseSession.open({ ...task, broker, log: this.#log });
    return { session: this.#sessions.add({ session, answeredAt: -Infinity }) };
  }

  /** Answers as soon as there is news, ten times a second at most, else within a second. */
  async next(input: { session: string; after: number }, signal?: AbortSignal): Promise<Framed<BrowseFrame>> {
    const kept = this.#sessions.get(input.session);
    const deadline = performance.now() + pollMs;
    const isDue = (): boolean =>
      kept.session.hasNews(input.after) && performance.now() >= kept.answeredAt + lookMs;
    while (!isDue() && performance.now() < deadline && !signal?.aborted) await delay(lookMs / 4);
    kept.answeredAt = performance.now();
    return kept.session.pull(input.after);
  }

  async resume(session: string): Promise<void> {
    this.#sessions.get(session).session.resume();
  }

  close(session: string): Promise<void> {
    return this.#sessions.close(session);
  }

  async get(at: MessagePlace & { topic: LabTopic }, signal?: AbortSignal): Promise<MessageView> {
    const { broker } = await this.#connections.open();
    return toView(await getMessage(broker, at, signal), openedBytes);
  }

  /** Sends one message of that kind and says where it lies. Rejects with `MESSAGE_TOO_LARGE`. */
  async produce(kind: HandMadeKind): Promise<MessagePlace> {
    const lab = await this.#connections.open();
    await lab.ensureTopics();
    const [{ handMade }, { createOfflineSource }] = await Promise.all([
      import('../pipeline/users/hand-made.ts'),
      import('../pipeline/users/sources/offline.ts'),
    ]);
    this.#source ??= createOfflineSource({ seed: Math.floor(Math.random() * 2 ** 31) });
    const message = await handMade(kind, this.#source);
    const producer = await lab.broker.openProducer();
    try {
      const [place] = await producer.send(usersTopic, [message]);
      if (!place) throw new RiachoError('BROKER_REFUSED', { detail: 'no offset' });
      return place;
    } catch (error) {
      if (!(error instanceof TooLargeError)) throw error;
      throw new RiachoError('MESSAGE_TOO_LARGE', { size: message.value?.length ?? 0 }, error);
    } finally {
      await producer.close();
    }
  }
}
