// Asks Kafka and Cassandra who they are, by real client calls. Handed to the engines, which know no client.
import type { Probes } from '../stack/engine.ts';
import type { CassandraOptions } from '../pipeline/cassandra/driver-database.ts';
import type { KafkaOptions } from '../pipeline/kafka/kafkajs-broker.ts';

/** How to prove who we are; addresses come with each call. */
export interface Access {
  kafka: Omit<KafkaOptions, 'brokers'>;
  cassandra: Omit<CassandraOptions, 'contactPoints'>;
}

/** Each probe opens a client of its own and closes it: an answer proves that a newcomer gets in. */
export function createProbes(access: Access): Probes {
  return {
    async kafka(address) {
      const { openKafkajsBroker } = await import('../pipeline/kafka/kafkajs-broker.ts');
      const broker = openKafkajsBroker({ ...access.kafka, brokers: [address], retries: 0 });
      try {
        return await broker.clusterId();
      } finally {
        await broker.close();
      }
    },
    async cassandra(address) {
      const { openDriverDatabase } = await import('../pipeline/cassandra/driver-database.ts');
      const database = openDriverDatabase({ ...access.cassandra, contactPoints: [address] });
      try {
        return await database.clusterName();
      } finally {
        await database.close();
      }
    },
  };
}
