// The clients of a healthy stack: opened with the first call that needs them, closed with the stack.
import type { Database, Creation } from '../pipeline/cassandra/database.ts';
import type { Broker } from '../pipeline/kafka/broker.ts';
import { ensureUsersTopics } from '../pipeline/users/topics.ts';
import type { Engine } from '../stack/engine.ts';
import type { Log } from './log.ts';
import type { Access } from './probes.ts';

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
  close(): Promise<void>;
}

export interface ConnectionOptions {
  engine: Engine;
  access: Access;
  /** How to make what is absent; without it nothing is created. */
  creation: Creation | undefined;
  log: Log;
}

export function createConnections({ engine, access, creation, log }: ConnectionOptions): Connections {
  let current: Promise<Lab> | undefined;

  async function connect(): Promise<Lab> {
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

  return {
    async open() {
      current ??= connect();
      try {
        return await current;
      } catch (error) {
        current = undefined;
        throw error;
      }
    },
    async close() {
      const lab = await current?.catch(() => undefined);
      current = undefined;
      await lab?.broker.close();
      await lab?.database.close();
    },
  };
}
