// The clients of a healthy stack: opened with the first call that needs them, closed with the stack.
import { setTimeout as delay } from 'node:timers/promises';
import type { Database } from '../pipeline/cassandra/database.ts';
import type { Broker } from '../pipeline/kafka/broker.ts';
import { ensureUsersTopics } from '../pipeline/users/topics.ts';
import { RiachoError } from '../words/errors.ts';
import type { CurrentEngine } from './current-engine.ts';
import type { Log } from './log.ts';

/** A reader whose broker has died takes long to notice; nothing is lost by not waiting for it. */
const endPatienceMs = 5_000;

export interface Lab {
  broker: Broker;
  database: Database;
  /** Makes topics, keyspace and table if absent and allowed; rejects when one is missing or of another shape. */
  ensure(): Promise<void>;
  ensureTopics(): Promise<void>;
}

export interface Connections {
  /** Rejects with `STACK_NOT_RUNNING` when there is nothing to connect to. */
  open(): Promise<Lab>;
  /** Whether clients are open, or being opened. */
  readonly isOpen: boolean;
  /** Closes for good: nothing is opened any more. */
  close(): Promise<void>;
  /** Closes what is open; the next call that needs it opens it anew. */
  letGo(): Promise<void>;
  /** Called before the clients are closed: whoever reads through them ends first. `end` must not reject. */
  onClose(end: () => Promise<void>): void;
  /** Closes, and opens nothing for anybody until `work` is done: what it stops must not be asked anew meanwhile. */
  whileClosed(work: () => Promise<void>): Promise<void>;
}

export function createConnections({ engine, log }: { engine: CurrentEngine; log: Log }): Connections {
  let current: Promise<Lab> | undefined;
  let closers = 0;
  const ends: (() => Promise<void>)[] = [];

  async function connect(): Promise<Lab> {
    const { access, creation } = engine;
    const { brokers, contactPoints, localDataCenter } = await engine.addresses();
    // Loaded only now: both clients are heavy, and a window paints without them.
    const [{ openKafkajsBroker }, { openDriverDatabase }] = await Promise.all([
      import('../pipeline/kafka/kafkajs-broker.ts'),
      import('../pipeline/cassandra/driver-database.ts'),
    ]);
    const broker = openKafkajsBroker({
      ...access.kafka,
      brokers,
      log: (level, message) => log(`kafkajs ${level}: ${message}`),
    });
    const database = openDriverDatabase({ ...access.cassandra, contactPoints, localDataCenter });
    const ensureTopics = (): Promise<void> => ensureUsersTopics(broker, creation);
    return {
      broker,
      database,
      ensureTopics,
      async ensure() {
        await Promise.all([ensureTopics(), database.ensureUsersTable(creation)]);
      },
    };
  }

  async function letGo(): Promise<void> {
    await Promise.race([
      Promise.all(ends.map((end) => end())),
      delay(endPatienceMs, undefined, { ref: false }),
    ]);
    const lab = await current?.catch(() => undefined);
    current = undefined;
    await lab?.broker.close();
    await lab?.database.close();
  }

  return {
    get isOpen() {
      return current !== undefined;
    },
    async open() {
      if (closers > 0) throw new RiachoError('STACK_NOT_RUNNING');
      current ??= connect();
      try {
        return await current;
      } catch (error) {
        current = undefined;
        throw error;
      }
    },
    letGo,
    close() {
      closers += 1;
      return letGo();
    },
    onClose(end) {
      ends.push(end);
    },
    async whileClosed(work) {
      closers += 1;
      try {
        await letGo();
        await work();
      } finally {
        closers -= 1;
      }
    },
  };
}
