// What a student brings from the course, on the course's own names: its three commands, with the course's script and with
// Riacho's, on a stack that Riacho has started and beside its consumer. Building the image installs Java and PySpark,
// which takes minutes the first time.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually, openLab, type Lab, type Running } from '../integration/lab.ts';
import { rowsById } from './outcome.ts';
import { docker, expectNoStack, removeStack } from './stack.ts';

const folder = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const image = 'kafka-spark-cassandra-consumer';
const client = 'dsa_cliente';
const opened: { lab?: Lab; scratch?: string; consumer?: Running } = {};

function lab(): Lab {
  if (!opened.lab) throw new Error('no lab');
  return opened.lab;
}

/** The course's first two commands, in a folder that is as the student has it. */
async function bring(context: string): Promise<void> {
  await promisify(execFile)('docker', ['build', '-t', image, '.'], {
    cwd: context,
    env: { ...process.env, DOCKER_BUILDKIT: '0' },
    maxBuffer: 16 * 1024 * 1024,
  });
  await docker('rm', '--force', client);
  await docker(...`run --name ${client} -dit --network dsaservidor_dsacademy ${image}`.split(' '));
  // Its Java fetches jars by itself: it trusts whom this machine's Java trusts, which may sit behind a proxy.
  const trusted = '/etc/ssl/certs/java/cacerts';
  if (existsSync(trusted)) await docker('cp', '--follow-link', trusted, `${client}:${trusted}`);
}

/** A copy of `compose/client`, for a student's own files. */
async function ownFolder(name: string): Promise<string> {
  const context = join(opened.scratch ?? '', name);
  await cp(folder('compose/client'), context, { recursive: true });
  return context;
}

const inClient = (...command: string[]): Promise<string> => docker('exec', client, ...command);

/** The course's third command. It goes on until its container is removed. */
const consume = (mode: string): Promise<string> =>
  docker(...`exec --detach ${client} python dsa_consumer_stream.py --mode ${mode}`.split(' '));

async function produceOurs(count: number): Promise<void> {
  const flags = ['--source', 'offline', '--count', String(count), '--rate', 'max'];
  expect((await lab().cli('produce', ...flags)).code).toBe(0);
}

async function untilRows(count: number): Promise<Map<string, string>> {
  await eventually(`${count} rows`, async () => (await lab().database.countUsers()) === count, 150_000);
  return rowsById(lab().database);
}

const emptyTable = () => lab().database.execute('TRUNCATE dsa_dados_usuarios.tb_usuarios', 1);

beforeAll(async () => {
  await expectNoStack();
  const others = await docker('ps', '--all', '--quiet', '--filter', `name=^${client}$`);
  if (others !== '') throw new Error(`this machine has a ${client} of its own`);
  opened.scratch = await mkdtemp(join(tmpdir(), 'riacho-course-'));
  const flags = ['--engine', 'docker', '--profile', 'spark'];
  opened.lab = await openLab({ folder: join(opened.scratch, 'data'), flags });
});

afterAll(async () => {
  opened.consumer?.process.kill('SIGINT');
  await opened.consumer?.ended;
  await docker('rm', '--force', client);
  await opened.lab?.close();
  await removeStack();
  if (opened.scratch) await rm(opened.scratch, { recursive: true, force: true });
});

describe('the client’s folder', () => {
  it('carries the job of the Spark image, file for file', async () => {
    const names = (await readdir(folder('compose/spark'))).filter((name) => !name.startsWith('__'));
    for (const name of names)
      expect(await readFile(folder(`compose/client/${name}`), 'utf8')).toBe(
        await readFile(folder(`compose/spark/${name}`), 'utf8'),
      );
    expect(names).toContain('dsa_consumer_stream.py');
  });
});

describe('the course’s own script', () => {
  beforeAll(async () => {
    const context = await ownFolder('course');
    await cp(folder('tests/docker/course'), context, { recursive: true });
    await cp(folder('tests/data/randomuser-answer.json'), join(context, 'answer.json'));
    await bring(context);
  }, 600_000);

  it('has the libraries it asks for', async () => {
    const versions =
      'import pyspark, kafka, cassandra; print(pyspark.__version__, kafka.__version__, cassandra.__version__)';
    expect(await inClient('python', '-c', versions)).toBe('3.5.4 2.0.2 3.29.2');
    expect(await inClient('sh', '-c', 'java -version 2>&1')).toContain('"17.');
  });

  it('sends into the topic what the app’s consumer turns into rows', async () => {
    opened.consumer = lab().start('consume', '--mode', 'append', '--json');
    const isRunning = (event: Record<string, unknown>): boolean =>
      JSON.stringify(event).includes('"status":"running"');
    await opened.consumer.event(isRunning);
    await inClient('python', 'produce_users.py', 'file:///app/answer.json', '20');
    await produceOurs(30);
    expect((await untilRows(50)).size).toBe(50);
  });

  it('makes the same rows, byte for byte, beside the app’s consumer, and nothing doubles', async () => {
    const ours = await rowsById(lab().database);
    await emptyTable();
    await consume('initial');
    expect(await untilRows(50)).toEqual(ours);
    // Now both read what comes.
    await produceOurs(10);
    const both = await untilRows(60);
    for (const [id, row] of ours) expect(both.get(id)).toBe(row);
    await eventually('all of it is counted', async () => (await lab().topic()).waiting === 0);
    expect(await lab().topic()).toMatchObject({ messages: 60, written: 60, deadLetters: 0, skipped: 0 });
  });
});

describe('Riacho’s script', () => {
  it('by the third command makes the same rows', async () => {
    const before = await rowsById(lab().database);
    await bring(folder('compose/client'));
    await emptyTable();
    await consume('initial');
    expect(await untilRows(60)).toEqual(before);
  });

  it('consumes by itself where the last line of the Dockerfile is no comment', async () => {
    opened.consumer?.process.kill('SIGINT');
    expect((await opened.consumer?.ended)?.code).toBe(130);
    const context = await ownFolder('automatic');
    const file = join(context, 'Dockerfile');
    const text = await readFile(file, 'utf8');
    expect(text).toMatch(/^# CMD \["python"/m);
    await writeFile(file, text.replace(/^# CMD/m, 'CMD'));
    await bring(context);
    await eventually(
      'it runs',
      async () => (await docker('logs', client)).includes('"event": "running"'),
      150_000,
    );
    await produceOurs(5);
    await untilRows(65);
  });
});
