// The terminal as a host: makes the app the flags ask for and calls it through the contract, in process.
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { createRouterClient } from '@orpc/server';
import type { ContractRouterClient } from '@orpc/contract';
import { createApp, type App, type EngineChoice } from '../app/create-app.ts';
import { defaultFolders } from '../app/folders.ts';
import type { Host } from '../app/host.ts';
import type { contract } from '../contract/contract.ts';
import { RiachoError } from '../words/errors.ts';
import type { StackProfile } from '../words/stack.ts';
import { Screen } from './screen.ts';
import type { Language, Say } from './words.ts';

export type Client = ContractRouterClient<typeof contract>;

/** Flags that every command takes. */
export interface CommonFlags {
  json?: boolean;
  dataDir?: string;
  /** Without it the settings say which. */
  engine?: EngineChoice['kind'];
  profile?: StackProfile;
  brokers?: string[];
  contactPoints?: string[];
  localDataCenter: string;
  kafkaUser?: string;
  kafkaTls?: boolean;
  cassandraUser?: string;
  cassandraTls?: boolean;
  tlsCa?: string;
  schemaRegistry?: string;
  master?: string;
  sparkSubmit?: string;
  create?: boolean;
  replication?: number;
}

/** What a command works with. */
export interface Terminal {
  client: Client;
  app: App;
  screen: Screen;
  say: Say;
  language: Language;
  /** Aborted by the first Ctrl-C: end cleanly. */
  signal: AbortSignal;
  dataDir: string;
  engine: EngineChoice['kind'];
}

async function readCa(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new RiachoError('BAD_INPUT', { detail: `--tls-ca ${path}` }, error);
  }
}

function password(variable: string): string {
  return process.env[variable] ?? '';
}

async function engineChoice(flags: CommonFlags): Promise<EngineChoice | undefined> {
  // A profile is Docker's alone: who names one means Docker.
  const kind = flags.engine ?? (flags.profile && 'docker');
  if (flags.profile !== undefined && kind !== 'docker') {
    throw new RiachoError('BAD_INPUT', { detail: `--profile ${flags.profile}: --engine docker` });
  }
  if (kind === 'docker') return { kind, ...(flags.profile && { profile: flags.profile }) };
  if (kind !== 'external') return kind && { kind };
  const { brokers = [], contactPoints = [], localDataCenter, schemaRegistry, master, sparkSubmit } = flags;
  if (brokers.length === 0) throw new RiachoError('BAD_INPUT', { detail: '--engine external: --brokers ?' });
  if (contactPoints.length === 0)
    throw new RiachoError('BAD_INPUT', { detail: '--engine external: --contact-points ?' });
  if (flags.create && flags.replication === undefined) {
    throw new RiachoError('BAD_INPUT', { detail: '--create: --replication ?' });
  }
  const ca = flags.tlsCa === undefined ? undefined : await readCa(flags.tlsCa);
  const tls = ca === undefined ? {} : { ca };
  return {
    kind: 'external',
    addresses: {
      brokers,
      contactPoints,
      localDataCenter,
      ...(schemaRegistry && { schemaRegistry }),
      ...(master && { sparkMaster: master }),
    },
    ...(sparkSubmit && { sparkSubmit: resolve(sparkSubmit) }),
    access: {
      kafka: {
        ...(flags.kafkaTls && { tls }),
        ...(flags.kafkaUser !== undefined && {
          sasl: { username: flags.kafkaUser, password: password('RIACHO_KAFKA_PASSWORD') },
        }),
      },
      cassandra: {
        localDataCenter,
        ...(flags.cassandraTls && { tls }),
        ...(flags.cassandraUser !== undefined && {
          credentials: { username: flags.cassandraUser, password: password('RIACHO_CASSANDRA_PASSWORD') },
        }),
      },
    },
    ...(flags.create && flags.replication !== undefined && { creation: { replication: flags.replication } }),
  };
}

/** The cluster of the settings needs its passwords, which are in no file. */
async function engineOfSettings(client: Client): Promise<EngineChoice['kind']> {
  const { engine } = await client.settings.read();
  if (engine === 'external') {
    await client.settings.giveSecrets({
      kafkaPassword: password('RIACHO_KAFKA_PASSWORD'),
      cassandraPassword: password('RIACHO_CASSANDRA_PASSWORD'),
    });
  }
  return engine;
}

/**
 * Runs `command` with an app made from the flags, and closes the app whatever happens: a stack that was
 * started for this command and was not to be left running has stopped when this resolves.
 */
export async function withTerminal(
  flags: CommonFlags,
  { kind, ...host }: Pick<Terminal, 'say' | 'language' | 'signal'> & { kind: Host['kind'] },
  command: (terminal: Terminal) => Promise<void>,
): Promise<void> {
  const folders = defaultFolders(flags.dataDir);
  const engine = await engineChoice(flags);
  const app = await createApp({ folders, host: { kind }, ...(engine && { engine }) });
  const screen = new Screen({ json: flags.json ?? false, output: process.stdout });
  try {
    const client: Client = createRouterClient(app.router);
    const used = engine?.kind ?? (await engineOfSettings(client));
    await command({ client, app, screen, ...host, dataDir: folders.dataDir, engine: used });
  } finally {
    screen.settle();
    await app.close();
  }
}
