// One kafkajs consumer from its first connection to its end. It does not start again: see `kafkajs-reader.ts`.
import {
  PartitionAssigners,
  type Broker,
  type Cluster,
  type Consumer,
  type ConsumerConfig,
  type ConsumerRunConfig,
  type ISocketFactory,
  type Kafka,
  type TopicPartitionOffsetAndMetadata,
} from 'kafkajs';
import { RiachoError } from '../../words/errors.ts';
import { NoAnswerError } from '../link.ts';
import { sessionTimeoutMs, type ReaderHandler, type ReaderPace } from './broker.ts';
import { openOwn } from './kafkajs-sockets.ts';

const heartbeatIntervalMs = 1_500;
const fetchBytes = 8 * 1024 * 1024;
/** Without any answer from the broker for so long it hangs: it asks several times a second, and waits for its group 6 s at most. */
const lifeMs = 8_000;
const lookEveryMs = 500;
/** How long the library may take to leave the group in order. */
const leaveMs = 5_000;

export interface MemberOptions {
  /** The library on connections of the member's own. */
  kafkaOn: (sockets: ISocketFactory) => Kafka;
  group: string;
  topic: string;
  pace: ReaderPace;
  /** The id of a member that died, perhaps without a word: until it is out, the group waits for it a session long. */
  former: string | undefined;
  joined: ReaderHandler['joined'];
  gap: ReaderHandler['gap'];
  /** The group is rebalancing. */
  rebalancing: () => void;
  batch: NonNullable<ConsumerRunConfig['eachBatch']>;
  /** It came to an end by itself: by an error of the library's, or in silence. */
  died: (error: unknown) => void;
}

export interface Member {
  readonly consumer: Consumer;
  /** Of the last that joined: its own, before that the former member's. */
  readonly id: string | undefined;
  /** Aborted when it died or was left. */
  readonly over: AbortSignal;
  /** Rejects with what it died of. */
  readonly died: Promise<never>;
  /** Resolves when it fetches; rejects with what it died of. */
  start(): Promise<void>;
  /** Resolves when the broker has said that it has them; rejects with what it died of, or where nothing was said. */
  commit(positions: readonly TopicPartitionOffsetAndMetadata[]): Promise<void>;
  /** Resolves within some seconds, whatever the library is still at; nothing is told after that. */
  leave(): Promise<void>;
}

/** What a broker of the library's can do besides what its types say. */
interface Coordinator {
  leaveGroup(member: { groupId: string; memberId: string }): Promise<unknown>;
}

function settingsOf({ group, pace }: MemberOptions): ConsumerConfig {
  return {
    groupId: group,
    sessionTimeout: sessionTimeoutMs,
    heartbeatInterval: heartbeatIntervalMs,
    rebalanceTimeout: sessionTimeoutMs,
    maxWaitTimeInMs: pace.idleMs,
    minBytes: pace.bytesMin,
    maxBytesPerPartition: pace.partitionBytes,
    maxBytes: fetchBytes,
    allowAutoTopicCreation: false,
    retry: {
      initialRetryTime: 100,
      multiplier: 1.5,
      maxRetryTime: 1_000,
      retries: 4,
      // The library's own restart was seen to end in silence.
      restartOnFailure: () => Promise.resolve(false),
    },
  };
}

/** Says for a dead member that it leaves; one the broker does not know has left. */
async function takeOut(cluster: Cluster, group: string, memberId: string): Promise<void> {
  const coordinator = (await cluster.findGroupCoordinator({ groupId: group })) as Broker & Coordinator;
  await coordinator.leaveGroup({ groupId: group, memberId }).catch((error: unknown) => {
    if ((error as { type?: unknown }).type !== 'UNKNOWN_MEMBER_ID') throw error;
  });
}

/** Offsets are numbers of the library's own in its events. */
function placeOf({ partition, offset }: { partition: number; offset: unknown }): string {
  return `${partition}/${String(offset)}`;
}

export function openMember(options: MemberOptions): Member {
  const { kafkaOn, group, topic } = options;
  let id = options.former;
  let cluster: Cluster | undefined;
  const settings: ConsumerConfig = {
    ...settingsOf(options),
    // The one place at which the library hands out its connection to the group's coordinator.
    partitionAssigners: [
      (given) => {
        cluster = given.cluster;
        return PartitionAssigners.roundRobin(given);
      },
    ],
  };
  const own = openOwn((sockets) => kafkaOn(sockets).consumer(settings), leaveMs);
  const consumer = own.client;
  const { GROUP_JOIN, HEARTBEAT, REBALANCING, CRASH } = consumer.events;
  const { START_BATCH_PROCESS, FETCH_START, COMMIT_OFFSETS, REQUEST } = consumer.events;
  const over = new AbortController();
  const death = Promise.withResolvers<never>();
  death.promise.catch(() => undefined);
  const fetching = Promise.withResolvers<void>();
  let lastSignMs = performance.now();
  /** Until when the broker takes it for a member, in monotonic ms, by what it last answered. */
  let memberUntilMs = 0;

  function end(): void {
    clearInterval(looking);
    over.abort();
  }
  function die(error: unknown): void {
    if (over.signal.aborted) return;
    end();
    death.reject(error);
    options.died(error);
  }
  const looking = setInterval(() => {
    if (performance.now() - lastSignMs < lifeMs) return;
    die(new NoAnswerError('no sign of life'));
  }, lookEveryMs);
  const unlessOver =
    <Event>(tell: (event: Event) => void) =>
    (event: Event): void => {
      if (!over.signal.aborted) tell(event);
    };

  consumer.on(REQUEST, () => (lastSignMs = performance.now()));
  consumer.on(
    GROUP_JOIN,
    unlessOver(({ payload }) => {
      id = payload.memberId;
      memberUntilMs = performance.now() + sessionTimeoutMs;
      options.joined(payload.memberAssignment[topic] ?? []);
    }),
  );
  consumer.on(HEARTBEAT, () => (memberUntilMs = performance.now() + sessionTimeoutMs));
  consumer.on(
    REBALANCING,
    unlessOver(() => {
      memberUntilMs = 0;
      options.rebalancing();
    }),
  );
  consumer.on(CRASH, ({ payload }) => die(payload.error));
  // Transaction markers never reach `eachBatch`; this event is all that is seen of them.
  consumer.on(
    START_BATCH_PROCESS,
    unlessOver(({ payload }) => {
      if (payload.batchSize === 0)
        options.gap(payload.partition, Number(payload.firstOffset), Number(payload.lastOffset));
    }),
  );
  consumer.on(FETCH_START, () => {
    fetching.resolve();
    // Where joining again fails, the library reads on all the same, with partitions of before or as nobody's member.
    if (performance.now() > memberUntilMs) die(new NoAnswerError('reads without being a member'));
  });

  async function begin(): Promise<void> {
    await consumer.connect();
    if (cluster && options.former !== undefined) await takeOut(cluster, group, options.former);
    await consumer.subscribe({ topics: [topic], fromBeginning: true });
    await consumer.run({ autoCommit: false, eachBatchAutoResolve: false, eachBatch: options.batch });
    await fetching.promise;
  }

  return {
    consumer,
    get id() {
      return id;
    },
    over: over.signal,
    died: death.promise,
    async start() {
      try {
        await Promise.race([begin(), death.promise]);
      } catch (error) {
        end();
        throw error;
      }
    },
    async commit(positions) {
      // Before its first fetch, and again while it comes to an end, the library lets commits go by as if they were done.
      await Promise.race([fetching.promise, death.promise]);
      const left = new Set(positions.map(placeOf));
      const stopListening = consumer.on(COMMIT_OFFSETS, ({ payload }) => {
        for (const place of payload.topics.flatMap(({ partitions }) => partitions))
          left.delete(placeOf(place));
      });
      try {
        await Promise.race([consumer.commitOffsets([...positions]), death.promise]);
      } finally {
        stopListening();
      }
      if (left.size > 0) throw new NoAnswerError('no word of a commit');
    },
    async leave() {
      end();
      death.reject(new RiachoError('CANCELLED'));
      // One that was told to leave while it was joining joins all the same, and would keep partitions it never reads.
      await own.end();
    },
  };
}
