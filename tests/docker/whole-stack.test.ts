// The course's whole stack, out of its own compose file: by the terminal, by `docker compose` alone, and each taking over
// what the other has begun.
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { cli, eventually, statusOutput } from '../integration/lab.ts';
import { docker, expectNoStack, ofStack, removeStack } from './stack.ts';

const folder = fileURLToPath(new URL('../../compose', import.meta.url));
const services = [
  'airflow-scheduler',
  'airflow-webserver',
  'cassandra',
  'control-center',
  'kafka',
  'postgres',
  'schema-registry',
  'spark-master',
  'spark-worker-1',
];

let dataDir: string;
let compose: (...args: string[]) => Promise<string>;
beforeAll(async () => {
  await expectNoStack();
  dataDir = await mkdtemp(join(tmpdir(), 'riacho-whole-'));
  const run = promisify(execFile);
  const script = fileURLToPath(new URL('./compose-cli.sh', import.meta.url));
  const binary = (await run('bash', [script])).stdout.trim();
  compose = async (...args) => (await run(binary, args, { cwd: folder })).stdout;
}, 900_000);
afterAll(async () => {
  await removeStack();
  await rm(dataDir, { recursive: true, force: true });
});

const own = (): string[] => ['--engine', 'docker', '--profile', 'full', '--data-dir', dataDir];

async function status() {
  return statusOutput.parse(JSON.parse((await cli(['status', '--json', ...own()])).stdout));
}

const containers = (): Promise<string> =>
  docker('ps', '--quiet', '--no-trunc', '--filter', 'label=com.docker.compose.project=dsaservidor');

it('starts from nothing, every service healthy by its own check, its pages answering', async () => {
  const up = await cli(['up', '--detach', '--json', ...own()]);
  expect(up.stderr).toBe('');
  const { stack, services: found } = await status();
  expect(stack).toBe('healthy');
  expect(found.map(({ name, state }) => `${name} ${state}`).sort()).toEqual(
    services.map((name) => `${name} healthy`),
  );
  const pages = found.flatMap(({ page }) => page ?? []);
  expect(pages.length).toBeGreaterThanOrEqual(5);
  for (const page of pages) expect((await fetch(page)).ok, page).toBe(true);
});

it('is left as it is by another start, and seen by docker compose', async () => {
  const before = await containers();
  expect((await cli(['up', '--detach', ...own()])).code).toBe(0);
  expect(await containers()).toBe(before);
  expect(JSON.parse(await compose('ls', '--format', 'json'))).toMatchObject([{ Name: 'dsaservidor' }]);
  const seen = await compose('ps', '--format', '{{.Service}} {{.Health}}');
  expect(seen.trim().split('\n').sort()).toEqual(
    services.map((name) => `${name === 'kafka' ? 'broker' : name} healthy`).sort(),
  );
});

it('goes, and leaves nothing but its volumes', async () => {
  expect((await cli(['down', ...own()])).code).toBe(0);
  const left = await ofStack();
  expect(left).toEqual(
    (await docker('volume', 'ls', '--format', '{{.Name}}', '--filter', 'name=^dsaservidor_')).split('\n'),
  );
  expect(left).toContain('dsaservidor_cassandra-data');
});

it('is started by docker compose alone, and used, stopped and removed by Riacho', async () => {
  await compose('up', '--detach');
  await eventually('all of it is healthy', async () => (await status()).stack === 'healthy', 150_000);
  const run = await cli(['run', '--source', 'offline', '--count', '50', '--rate', 'max', ...own()]);
  expect(run.stderr).toBe('');
  const query = 'SELECT id FROM dsa_dados_usuarios.tb_usuarios LIMIT 3';
  expect(await docker('exec', 'cassandra', 'cqlsh', '-e', query)).toContain('(3 rows)');
  // What it found running it leaves running.
  expect((await status()).stack).toBe('healthy');
  expect((await cli(['down', '--reset', ...own()])).code).toBe(0);
  expect(await ofStack()).toEqual([]);
});
