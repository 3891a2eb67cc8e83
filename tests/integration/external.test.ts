// The external engine on real servers: a cluster that is not ours is asked, used, and left as it was found.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultFolders } from '../../app/folders.ts';
import { openDriverDatabase } from '../../pipeline/cassandra/driver-database.ts';
import type { Database } from '../../pipeline/cassandra/database.ts';
import { openKafkajsBroker } from '../../pipeline/kafka/kafkajs-broker.ts';
import type { Broker } from '../../pipeline/kafka/broker.ts';
import { createEmbeddedEngine } from '../../stack/embedded/client.ts';
import type { Engine } from '../../stack/engine.ts';
import type { StackAddresses } from '../../words/stack.ts';
import { usersDeadLetterTopic, usersKeyspace, usersTopic } from '../../words/users.ts';
import { cli, startCli, statusOutput, type Ended } from './lab.ts';
import { deadPort } from './machine.ts';
import { startSecuredServers, type SecuredServers } from './secured-servers.ts';
import { expectNoTrace, expectRefusal, type Told } from './told.ts';

/** From the command's first line to its end, on a busy machine: seconds, not a minute. */
const soonMs = 15_000;

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'riacho-external-'));
});
afterAll(() => rm(root, { recursive: true, force: true, maxRetries: 5 }));

async function expectSoonRefusal(
  args: readonly string[],
  told: Told,
  env: NodeJS.ProcessEnv = {},
): Promise<Ended[]> {
  const startedMs = performance.now();
  const both = await expectRefusal(args, told, { env });
  expect(performance.now() - startedMs).toBeLessThan(soonMs);
  return both;
}

describe('a cluster of another', () => {
  let engine: Engine;
  let found: StackAddresses;
  let broker: Broker;
  let database: Database;

  beforeAll(async () => {
    const dataDir = join(root, 'theirs');
    const { cacheDir, resourcesDir } = defaultFolders();
    const supervisor = fileURLToPath(new URL('../../app/supervisor.ts', import.meta.url));
    // The bare engine: unlike the app, it makes no topic and no table.
    const supervisorCommand = [process.execPath, supervisor, dataDir, cacheDir, resourcesDir];
    engine = createEmbeddedEngine({ dataDir, supervisorCommand });
    await engine.up({ leaveRunning: false });
    found = await engine.addresses();
    broker = openKafkajsBroker({ brokers: found.brokers });
    database = openDriverDatabase({ contactPoints: found.contactPoints, localDataCenter: 'datacenter1' });
  });
  afterAll(async () => {
    await broker?.close();
    await database?.close();
    await engine?.close();
  });

  function flags({ kafka = found.brokers.join(), cassandra = found.contactPoints.join() } = {}): string[] {
    const addresses = ['--brokers', kafka, '--contact-points', cassandra];
    return ['--engine', 'external', ...addresses, '--data-dir', join(root, 'ours')];
  }

  /** What of the lab is there. */
  async function made(): Promise<{ topics: string[]; keyspaces: unknown[] }> {
    const { rows } = await database.execute('SELECT keyspace_name FROM system_schema.keyspaces', 100);
    return {
      topics: await broker.existing([usersTopic, usersDeadLetterTopic]),
      keyspaces: rows.map((row) => row['keyspace_name']).filter((name) => name === usersKeyspace),
    };
  }

  it.each([
    ['produce', 'TOPIC_MISSING', usersTopic, ['--source', 'offline', '--count', '1']],
    ['rows', 'TABLE_MISSING', usersKeyspace, []],
    ['export', 'TABLE_MISSING', usersKeyspace, ['--csv', 'never.csv']],
  ] as const)(
    'has nothing made on it unasked by %s, which says what is missing',
    async (command, error, name, more) => {
      await expectSoonRefusal([command, ...more, ...flags()], {
        error,
        names: [name, '--create --replication N'],
      });
      expect(await made()).toEqual({ topics: [], keyspaces: [] });
    },
  );

  it('has nothing made on it unasked by run, consume and status', async () => {
    for (const args of [
      ['run', '--source', 'offline', '--count', '1'],
      ['consume', '--mode', 'append', '--for', '1s'],
    ]) {
      const ended = await cli([...args, ...flags()]);
      expect(ended).toMatchObject({
        code: 1,
        stderr: expect.stringMatching(/^The (topic|table) \S+ does not exist.*\n$/),
      });
      expectNoTrace(ended);
    }
    const ended = await cli(['status', '--json', ...flags()]);
    expect(statusOutput.parse(JSON.parse(ended.stdout))).toEqual({
      engine: 'external',
      stack: 'healthy',
      services: [
        { name: 'kafka', state: 'healthy', address: found.brokers.join() },
        { name: 'cassandra', state: 'healthy', address: found.contactPoints.join() },
      ],
    });
    expect(await made()).toEqual({ topics: [], keyspaces: [] });
  });

  it('gets what is missing when told to, is used, and goes on after `down`', async () => {
    const csv = join(root, 'users.csv');
    const args = ['run', '--source', 'offline', '--count', '20', '--rate', 'max', '--csv', csv, '--json'];
    const ended = await cli([...args, '--create', '--replication', '1', ...flags()]);
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(ended.events.at(-1)).toMatchObject({
      event: 'summary',
      engine: 'external',
      written: 20,
      rows: 20,
    });
    expect((await readFile(csv, 'utf8')).trimEnd().split('\r\n')).toHaveLength(21);
    expect(await made()).toEqual({ topics: [usersTopic, usersDeadLetterTopic], keyspaces: [usersKeyspace] });

    const down = await cli(['down', ...flags()]);
    expect(down).toMatchObject({
      code: 0,
      stderr: '',
      stdout: 'The stack was not started here and goes on running.\n',
    });
    const status = await cli(['status', '--json', ...flags()]);
    expect(statusOutput.parse(JSON.parse(status.stdout))).toMatchObject({
      stack: 'healthy',
      topic: { messages: 20, written: 20, waiting: 0 },
    });
  });

  it('loses nothing by `down --reset`, which refuses', async () => {
    const told: Told = { error: 'BAD_INPUT', exit: 2 };
    const both = await expectSoonRefusal(['down', '--reset', ...flags()], told);
    expect(both.map(({ stderr }) => stderr.split('. ')[0])).toEqual([
      'This cannot be used: nothing of an external cluster is removed',
      'Isto não pode ser usado: de um cluster externo nada é removido',
    ]);
    expect(await made()).toEqual({ topics: [usersTopic, usersDeadLetterTopic], keyspaces: [usersKeyspace] });
  });

  it('is said to be unreachable where nobody answers, within seconds', async () => {
    const dead = `127.0.0.1:${await deadPort()}`;
    await expectSoonRefusal(['up', ...flags({ kafka: dead })], {
      error: 'BROKER_UNREACHABLE',
      names: [dead],
    });
    await expectSoonRefusal(['up', ...flags({ cassandra: dead })], {
      error: 'CASSANDRA_UNREACHABLE',
      names: [dead],
    });
    const status = await cli(['status', '--json', ...flags({ kafka: dead })]);
    expect(statusOutput.parse(JSON.parse(status.stdout))).toMatchObject({
      stack: 'unhealthy',
      services: [{ state: 'unhealthy' }, { state: 'healthy' }],
    });
  });

  it('does not know a data center of another name', async () => {
    const told: Told = { error: 'CASSANDRA_REFUSED', names: ['nowhere', '--local-data-center'] };
    const both = await expectSoonRefusal(['rows', '--local-data-center', 'nowhere', ...flags()], told);
    for (const { stderr } of both) expect(stderr).toContain('datacenter1');
  });
});

describe('a cluster that asks for TLS and passwords', () => {
  const secrets = { user: 'brook', kafkaPassword: 'Kaf-0f3b9-secret', cassandraPassword: 'Cas-77a1c-secret' };
  const rightEnv = {
    RIACHO_KAFKA_PASSWORD: secrets.kafkaPassword,
    RIACHO_CASSANDRA_PASSWORD: secrets.cassandraPassword,
  };
  let servers: SecuredServers;
  let dataDir: string;
  let flags: string[];

  beforeAll(async () => {
    servers = await startSecuredServers(join(root, 'secured'), secrets);
    dataDir = join(root, 'secured-ours');
    const places = ['--brokers', servers.broker, '--contact-points', servers.contactPoint];
    const kafka = ['--kafka-tls', '--kafka-user', secrets.user];
    const cassandra = ['--cassandra-tls', '--cassandra-user', secrets.user];
    const own = ['--tls-ca', servers.ca, '--data-dir', dataDir];
    flags = ['--engine', 'external', ...places, ...kafka, ...cassandra, ...own];
  });
  afterAll(async () => {
    await servers?.stop();
  });

  const isSecret = (text: string): boolean =>
    text.includes(secrets.kafkaPassword) || text.includes(secrets.cassandraPassword);

  async function filesWithSecret(): Promise<string[]> {
    const names = await readdir(dataDir, { recursive: true });
    const found: string[] = [];
    for (const name of names) {
      const path = join(dataDir, name);
      if ((await stat(path)).isFile() && isSecret(await readFile(path, 'latin1'))) found.push(name);
    }
    // A look at nothing would find nothing.
    expect(names.length).toBeGreaterThan(0);
    return found;
  }

  it('is used by whoever brings them, and the passwords are seen nowhere', async () => {
    const args = [
      'run',
      '--source',
      'offline',
      '--count',
      '40',
      '--rate',
      '20',
      '--json',
      '--create',
      '--replication',
      '1',
    ];
    const run = startCli([...args, ...flags], { env: rightEnv });
    await run.event(({ event }) => event === 'progress');
    const { stdout: processes } = await promisify(execFile)('ps', ['-ww', '-axo', 'command='], {
      maxBuffer: 2 ** 24,
    });
    expect(processes).toContain(`--kafka-user ${secrets.user}`);
    expect(isSecret(processes)).toBe(false);
    const ended = await run.ended;
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(ended.events.at(-1)).toMatchObject({
      event: 'summary',
      engine: 'external',
      written: 40,
      rows: 40,
    });
    expect(isSecret(ended.stdout)).toBe(false);
    expect(await filesWithSecret()).toEqual([]);
  });

  it.each([
    ['Kafka', 'RIACHO_KAFKA_PASSWORD'],
    ['Cassandra', 'RIACHO_CASSANDRA_PASSWORD'],
  ])('refuses a wrong password of %s within seconds, and says so', async (service, variable) => {
    const env = { ...rightEnv, [variable]: `${secrets.kafkaPassword}-not` };
    const told: Told = { error: 'ACCESS_DENIED', names: [service, variable] };
    const both = await expectSoonRefusal(['up', ...flags], told, env);
    for (const { stdout, stderr } of both) {
      expect(isSecret(stdout + stderr)).toBe(false);
      expect(stderr.startsWith(service) || stderr.startsWith(`O ${service}`)).toBe(true);
    }
    expect(await filesWithSecret()).toEqual([]);
  });

  it('does not let in whoever brings none', async () => {
    const [english] = await expectSoonRefusal(
      ['up', ...flags],
      { error: 'ACCESS_DENIED' },
      {
        RIACHO_KAFKA_PASSWORD: '',
        RIACHO_CASSANDRA_PASSWORD: '',
      },
    );
    expect(english?.stdout).not.toContain('The stack is up');
  });

  it('is not trusted without its authority, and says so', async () => {
    const at = flags.indexOf('--tls-ca');
    const strict = flags.toSpliced(at, 2);
    const told: Told = { error: 'TLS_UNTRUSTED', names: ['Kafka', servers.broker, 'self-signed'] };
    const [english] = await expectSoonRefusal(['up', ...strict], told, rightEnv);
    expect(english?.stdout).not.toContain('The stack is up');
  });
});
