// Which engine runs the stack, and for `external` where and how: from the settings, or as a host says. Opens nothing.
import { readFile } from 'node:fs/promises';
import type { Creation } from '../pipeline/cassandra/database.ts';
import { RiachoError } from '../words/errors.ts';
import type { ExternalSettings, Secrets, Settings } from '../words/settings.ts';
import type { StackAddresses, StackProfile } from '../words/stack.ts';
import type { Access } from './probes.ts';

/** Which engine, and for `external` where and how. Passwords live here only, never in a file or a log. */
export type EngineChoice =
  | { kind: 'embedded' }
  /** Without a profile it is that of the settings. */
  | { kind: 'docker'; profile?: StackProfile }
  | {
      kind: 'external';
      addresses: StackAddresses;
      access: Access;
      creation?: Creation;
      /** Path of the spark-submit that runs a Spark job's driver; without it Spark's image does. */
      sparkSubmit?: string;
    };

const listOf = (text: string): string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

async function readCa(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new RiachoError('BAD_INPUT', { detail: path }, error);
  }
}

/** The external cluster that a person described. Rejects with `BAD_INPUT` {detail} when `tlsCa` cannot be read. */
export async function externalChoice(
  external: ExternalSettings,
  { kafkaPassword = '', cassandraPassword = '' }: Secrets,
): Promise<EngineChoice & { kind: 'external' }> {
  const localDataCenter = external.localDataCenter || 'datacenter1';
  const tls = external.tlsCa === '' ? {} : { ca: await readCa(external.tlsCa) };
  return {
    kind: 'external',
    addresses: {
      brokers: listOf(external.brokers),
      contactPoints: listOf(external.contactPoints),
      localDataCenter,
      ...(external.schemaRegistryUrl !== '' && { schemaRegistry: external.schemaRegistryUrl }),
    },
    access: {
      kafka: {
        ...(external.kafkaTls && { tls }),
        ...(external.kafkaUser !== '' && {
          sasl: { username: external.kafkaUser, password: kafkaPassword },
        }),
      },
      cassandra: {
        localDataCenter,
        ...(external.cassandraTls && { tls }),
        ...(external.cassandraUser !== '' && {
          credentials: { username: external.cassandraUser, password: cassandraPassword },
        }),
      },
    },
    ...(external.create && { creation: { replication: external.replication } }),
  };
}

/** The engine of the settings. Rejects as `externalChoice` does. */
export async function choiceOf({ engine, external }: Settings, secrets: Secrets): Promise<EngineChoice> {
  return engine === 'external' ? externalChoice(external, secrets) : { kind: engine };
}
