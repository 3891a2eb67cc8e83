// Kafka, Cassandra and a Spark cluster in containers of their own, for tests of the Spark job. Its own project, network,
// volume and ports: nothing of the stack that a person keeps here is touched, and nothing is left behind.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseJobEvent, type JobEvent, type JobTotals } from '../../app/spark/job-events.ts';
import { openDriverDatabase } from '../../pipeline/cassandra/driver-database.ts';
import type { Database } from '../../pipeline/cassandra/database.ts';
import type { Broker } from '../../pipeline/kafka/broker.ts';
import { openKafkajsBroker } from '../../pipeline/kafka/kafkajs-broker.ts';
import { eventually } from '../integration/lab.ts';
import { freePort } from './small-stack.ts';
import { docker } from './stack.ts';

const jobFolder = fileURLToPath(new URL('../../compose/spark', import.meta.url));
const work = '/opt/spark/work-dir';
const sparkImage = 'apache/spark:3.5.4';

/** One job in a container of its own. */
export interface Job {
  container: string;
  events: readonly JobEvent[];
  /** What was counted so far. */
  totals(): JobTotals | undefined;
  /** Waits for a line. */
  says(event: JobEvent['event']): Promise<void>;
  /** Waits until so many messages are rows or dead letters. */
  settles(messages: number): Promise<void>;
  /** Its exit code, once it has ended. */
  ended(): Promise<number>;
}

export interface SparkLab {
  /** Containers are called `<project>-broker`, `-cassandra`, `-master` and `-worker`. */
  project: string;
  broker: Broker;
  database: Database;
  /** How Riacho's command line is told of Kafka and Cassandra. */
  flags: string[];
  job(...args: string[]): Promise<Job>;
  /** Runs a command in Spark's image, with the job's folder and its work volume. */
  python(args: readonly string[], env?: Record<string, string>): Promise<{ code: number; lines: unknown[] }>;
  close(): Promise<void>;
}

/** Every message the job has to tell in one batch needs seconds on a busy machine. */
const patienceMs = 150_000;

function kafkaEnvironment(port: number): Record<string, string> {
  return {
    KAFKA_NODE_ID: '1',
    KAFKA_PROCESS_ROLES: 'broker,controller',
    KAFKA_CONTROLLER_QUORUM_VOTERS: '1@127.0.0.1:29093',
    KAFKA_CONTROLLER_LISTENER_NAMES: 'CONTROLLER',
    KAFKA_LISTENERS: 'INSIDE://:29092,OUTSIDE://:9092,CONTROLLER://127.0.0.1:29093',
    KAFKA_ADVERTISED_LISTENERS: `INSIDE://broker:29092,OUTSIDE://localhost:${port}`,
    KAFKA_INTER_BROKER_LISTENER_NAME: 'INSIDE',
    KAFKA_LISTENER_SECURITY_PROTOCOL_MAP: 'INSIDE:PLAINTEXT,OUTSIDE:PLAINTEXT,CONTROLLER:PLAINTEXT',
    KAFKA_LOG_DIRS: '/var/lib/kafka/data',
    KAFKA_AUTO_CREATE_TOPICS_ENABLE: 'false',
    KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR: '1',
    KAFKA_OFFSETS_TOPIC_NUM_PARTITIONS: '1',
    KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR: '1',
    KAFKA_TRANSACTION_STATE_LOG_MIN_ISR: '1',
    KAFKA_TRANSACTION_STATE_LOG_NUM_PARTITIONS: '1',
    KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS: '0',
    KAFKA_GROUP_MIN_SESSION_TIMEOUT_MS: '1000',
    KAFKA_LOG_CLEANER_DEDUPE_BUFFER_SIZE: '16777216',
    KAFKA_HEAP_OPTS: '-Xms128m -Xmx384m',
  };
}

const cassandraEnvironment = {
  CASSANDRA_NUM_TOKENS: '1',
  MAX_HEAP_SIZE: '512M',
  JVM_EXTRA_OPTS:
    '-XX:-AlwaysPreTouch -Dcassandra.skip_wait_for_gossip_to_settle=0 -Dcassandra.ring_delay_ms=0 ' +
    '-Dcassandra.shutdown_announce_in_ms=0 -Dcassandra.config.allow_system_properties=true ' +
    '-Dcassandra.settings.commitlog_sync_period=1000ms -Dcassandra.settings.commitlog_segment_size=16MiB ' +
    '-Dcassandra.settings.auto_snapshot=false',
};

const sparkClass = '/opt/spark/bin/spark-class';
const deploy = 'org.apache.spark.deploy';
const masterCommand = `${sparkClass} ${deploy}.master.Master --host spark-master --port 7077`.split(' ');
const workerCommand = [
  `${sparkClass} ${deploy}.worker.Worker spark://spark-master:7077 --host spark-worker-1`,
  '--cores 2 --memory 2g --work-dir /tmp/spark',
].flatMap((words) => words.split(' '));

interface Started {
  alias?: string;
  port?: string;
  env?: Record<string, string>;
  mounts?: readonly string[];
  image: string;
  command?: readonly string[];
}

/** What `docker run` is told; the container stays when it ends, so that it can be asked why. */
function runArguments(project: string, name: string, options: Started): string[] {
  const { alias, port, env = {}, mounts = [], image, command = [] } = options;
  return [
    ...`--label com.docker.compose.project=${project} --name ${project}-${name} --network ${project}`.split(
      ' ',
    ),
    ...(alias === undefined ? [] : ['--network-alias', alias, '--hostname', alias]),
    ...(port === undefined ? [] : ['--publish', `127.0.0.1:${port}`]),
    ...Object.entries(env).flatMap(([key, value]) => ['--env', `${key}=${value}`]),
    ...mounts.flatMap((mount) => ['--volume', mount]),
    image,
    ...command,
  ];
}

/** Starts the four services and waits until they answer; the job itself waits for the worker. */
export async function openSparkLab(): Promise<SparkLab> {
  const project = `riachospark${Math.random().toString(36).slice(2, 10)}`;
  const [kafkaPort, cassandraPort] = [await freePort(), await freePort()];
  const label = ['--label', `com.docker.compose.project=${project}`];
  const mounts = [`${project}-work:${work}`, `${jobFolder}:/opt/riacho:ro`];
  const start = (name: string, options: Started): Promise<string> =>
    docker('run', '--detach', ...runArguments(project, name, options));
  await docker('network', 'create', ...label, project);
  await docker('volume', 'create', ...label, `${project}-work`);
  await Promise.all([
    start('broker', {
      alias: 'broker',
      port: `${kafkaPort}:9092`,
      env: kafkaEnvironment(kafkaPort),
      image: 'apache/kafka:3.9.0',
    }),
    start('cassandra', {
      alias: 'cassandra',
      port: `${cassandraPort}:9042`,
      env: cassandraEnvironment,
      image: 'cassandra:5.0.2',
    }),
    start('master', { alias: 'spark-master', image: sparkImage, command: masterCommand }),
  ]);
  await start('worker', { alias: 'spark-worker-1', image: sparkImage, command: workerCommand });
  const broker = openKafkajsBroker({ brokers: [`127.0.0.1:${kafkaPort}`] });
  const database = openDriverDatabase({
    contactPoints: [`127.0.0.1:${cassandraPort}`],
    localDataCenter: 'datacenter1',
  });
  await eventually('Kafka answers', () => answers(broker.clusterId()), patienceMs);
  await eventually('Cassandra answers', () => answers(database.clusterName()), patienceMs);
  const knock = ['exec', `${project}-master`, 'bash', '-c', ': >/dev/tcp/spark-master/7077'];
  await eventually('the master answers', () => answers(docker(...knock)), patienceMs);

  const counter = { jobs: 0 };
  return {
    project,
    broker,
    database,
    flags:
      `--engine external --brokers 127.0.0.1:${kafkaPort} --contact-points 127.0.0.1:${cassandraPort}`.split(
        ' ',
      ),
    async job(...args) {
      const name = `job-${(counter.jobs += 1)}`;
      await start(name, {
        mounts,
        image: sparkImage,
        command: ['python3', '/opt/riacho/dsa_consumer_stream.py', ...args],
      });
      return follow(`${project}-${name}`);
    },
    async python(args, env = {}) {
      const name = `python-${(counter.jobs += 1)}`;
      await start(name, { mounts, env, image: sparkImage, command: ['python3', ...args] });
      const code = Number(await docker('wait', `${project}-${name}`));
      const lines = (await docker('logs', `${project}-${name}`))
        .split('\n')
        .filter((line) => line.startsWith('{'));
      return { code, lines: lines.map((line): unknown => JSON.parse(line)) };
    },
    async close() {
      await broker.close();
      await database.close();
      const filter = ['--filter', `label=com.docker.compose.project=${project}`];
      const containers = (await docker('ps', '--all', '--quiet', ...filter)).split('\n').filter(Boolean);
      if (containers.length > 0) await docker('rm', '--force', '--volumes', ...containers);
      await docker('volume', 'rm', `${project}-work`);
      await docker('network', 'rm', project);
    },
  };
}

/** Whether it resolves. */
export async function answers(asked: Promise<unknown>): Promise<boolean> {
  try {
    await asked;
    return true;
  } catch {
    return false;
  }
}

/** Reads what a job prints, as it prints it. */
function follow(container: string): Job {
  const events: JobEvent[] = [];
  const logs = spawn('docker', ['logs', '--follow', container], { stdio: ['ignore', 'pipe', 'ignore'] });
  createInterface({ input: logs.stdout }).on('line', (line) => {
    const event = parseJobEvent(line);
    if (event === undefined) throw new Error(`no event: ${line}`);
    events.push(event);
  });
  const newest = (): JobTotals | undefined =>
    events.flatMap((one) => ('totals' in one ? [one.totals] : [])).at(-1);
  const failure = (): string => JSON.stringify(events.filter(({ event }) => event !== 'batch').slice(-3));
  const wait = async (what: string, condition: () => boolean): Promise<void> => {
    try {
      await eventually(what, condition, patienceMs);
    } catch (error) {
      throw new Error(`${String(error)}; said: ${failure()}`, { cause: error });
    }
  };
  return {
    container,
    events,
    totals: newest,
    says: (wanted) => wait(wanted, () => events.some(({ event }) => event === wanted)),
    settles: (messages) =>
      wait(`${messages} messages settled`, () => {
        const counted = newest();
        return counted !== undefined && counted.written + counted.deadLetters === messages;
      }),
    ended: async () => Number(await docker('wait', container)),
  };
}
