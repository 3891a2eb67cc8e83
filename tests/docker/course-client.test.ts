// What a student brings from the course: its client container, with a script of its own and with Riacho's, on the
// network of a stack. Building the image installs Java and PySpark, which takes minutes the first time.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureUsersTopics } from '../../pipeline/users/topics.ts';
import { usersTopic } from '../../words/users.ts';
import { cli } from '../integration/lab.ts';
import { openSparkLab, type SparkLab } from './spark-lab.ts';
import { docker } from './stack.ts';

const folder = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const image = 'kafka-spark-cassandra-consumer';
const opened: { lab?: SparkLab } = {};

function lab(): SparkLab {
  if (!opened.lab) throw new Error('no lab');
  return opened.lab;
}

const client = (): string => `${lab().project}-client`;
const inClient = (...command: string[]): Promise<string> => docker('exec', client(), ...command);

async function count(): Promise<number> {
  return lab().database.countUsers();
}

beforeAll(async () => {
  // The course's first command, in the client's folder.
  await promisify(execFile)('docker', ['build', '-t', image, '.'], {
    cwd: folder('compose/client'),
    env: { ...process.env, DOCKER_BUILDKIT: '0' },
    maxBuffer: 16 * 1024 * 1024,
  });
  opened.lab = await openSparkLab();
  const { project, broker, database } = opened.lab;
  await ensureUsersTopics(broker, { replication: 1 });
  await database.ensureUsersTable({ replication: 1 });
  // The second one; the label is only there so that the test leaves nothing behind.
  const label = `com.docker.compose.project=${project}`;
  await docker('run', '--label', label, '--name', client(), '-dit', '--network', project, image);
  // Its Java fetches jars by itself: it trusts whom this machine's Java trusts, which may sit behind a proxy.
  const trusted = '/etc/ssl/certs/java/cacerts';
  if (existsSync(trusted)) await docker('cp', '--follow-link', trusted, `${client()}:${trusted}`);
}, 600_000);

afterAll(async () => {
  await opened.lab?.close();
});

describe('the client container', () => {
  it('carries the job of the Spark image, file for file', async () => {
    const names = (await readdir(folder('compose/spark'))).filter((name) => !name.startsWith('__'));
    for (const name of names)
      expect(await readFile(folder(`compose/client/${name}`), 'utf8')).toBe(
        await readFile(folder(`compose/spark/${name}`), 'utf8'),
      );
    expect(names).toContain('dsa_consumer_stream.py');
  });

  it('has the versions of the course', async () => {
    const versions =
      'import pyspark, kafka, cassandra; print(pyspark.__version__, kafka.__version__, cassandra.__version__)';
    expect(await inClient('python', '-c', versions)).toBe('3.5.4 2.0.2 3.29.2');
    expect(await inClient('sh', '-c', 'java -version 2>&1')).toContain('"17.');
  });

  it('lets an outside client, unmodified, read and write the same topic and table beside the app', async () => {
    await docker('cp', folder('tests/docker/course-client.py'), `${client()}:/tmp/client.py`);
    await docker('cp', folder('tests/data/randomuser-answer.json'), `${client()}:/tmp/answer.json`);
    const url = 'file:///tmp/answer.json';
    expect(await inClient('python', '/tmp/client.py', 'produce', url, '20')).toBe('produced 20');
    const ours = await cli([
      'produce',
      '--source',
      'offline',
      '--count',
      '30',
      '--rate',
      'max',
      ...lab().flags,
    ]);
    expect(ours.code).toBe(0);
    // Theirs writes both; then the app writes both as well, and nothing doubles.
    expect(await inClient('python', '/tmp/client.py', 'consume', 'initial', '50')).toContain('written 50');
    expect(await count()).toBe(50);
    const builtin = await cli([
      'consume',
      '--mode',
      'initial',
      '--until-idle',
      '2s',
      '--json',
      ...lab().flags,
    ]);
    expect(builtin.code).toBe(0);
    expect(builtin.stdout).toContain('"written":50');
    expect(await count()).toBe(50);
  });

  it('runs the job of Riacho by the third command of the course', async () => {
    await lab().database.execute('TRUNCATE dsa_dados_usuarios.tb_usuarios', 1);
    const untilRead = [
      'python dsa_consumer_stream.py --mode initial >/tmp/said & job=$!',
      `until grep -q '"written": 50' /tmp/said; do kill -0 $job && sleep 0.2 || exit 1; done`,
      'kill -TERM $job; wait $job',
    ];
    await inClient('sh', '-c', untilRead.join('\n'));
    expect(await count()).toBe(50);
    const high = (await lab().broker.ranges(usersTopic)).reduce((sum, range) => sum + range.high, 0);
    expect(high).toBe(50);
  });
});
