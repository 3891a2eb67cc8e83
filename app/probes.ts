// Asks Kafka, Cassandra and a Schema Registry who they are, by real client calls. Handed to the engines, which know no client.
import type { ExternalProbes } from '../stack/engine.ts';
import { RiachoError } from '../words/errors.ts';
import type { LabService } from '../words/stack.ts';
import type { CassandraOptions } from '../pipeline/cassandra/driver-database.ts';
import type { KafkaOptions } from '../pipeline/kafka/kafkajs-broker.ts';

/** How to prove who we are; addresses come with each call. */
export interface Access {
  kafka: Omit<KafkaOptions, 'brokers'>;
  cassandra: Omit<CassandraOptions, 'contactPoints'>;
}

/** Everything that an error was made of: its causes, and what a driver met at each of its hosts. */
function partsOf(error: unknown): Error[] {
  if (!(error instanceof Error)) return [];
  const inner = 'innerErrors' in error && typeof error.innerErrors === 'object' ? error.innerErrors : {};
  return [error, ...[error.cause, ...Object.values(inner ?? {})].flatMap((part) => partsOf(part))];
}

/** To a client a certificate that it does not trust is a connection that failed; to a person it is not. */
function untrusted(error: unknown, service: LabService, address: string): RiachoError | undefined {
  const reason = partsOf(error).findLast(({ message }) => /certificate|altname/i.test(message));
  return reason && new RiachoError('TLS_UNTRUSTED', { service, address, detail: reason.message }, error);
}

/** Each probe opens a client of its own and closes it: an answer proves that a newcomer gets in. */
export function createProbes(access: Access): ExternalProbes {
  return {
    async kafka(address) {
      const { openKafkajsBroker } = await import('../pipeline/kafka/kafkajs-broker.ts');
      const broker = openKafkajsBroker({ ...access.kafka, brokers: [address], retries: 0 });
      try {
        return await broker.clusterId();
      } catch (error) {
        throw untrusted(error, 'kafka', address) ?? error;
      } finally {
        await broker.close();
      }
    },
    async cassandra(address) {
      const { openDriverDatabase } = await import('../pipeline/cassandra/driver-database.ts');
      const database = openDriverDatabase({ ...access.cassandra, contactPoints: [address] });
      try {
        return await database.clusterName();
      } catch (error) {
        throw untrusted(error, 'cassandra', address) ?? error;
      } finally {
        await database.close();
      }
    },
    async schemaRegistry(address) {
      const { SchemaRegistry } = await import('../pipeline/registry/schema-registry.ts');
      return (await new SchemaRegistry(address).compatibility()) ?? '';
    },
  };
}
