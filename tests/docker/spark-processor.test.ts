// Spark as the consumer's processor, by the terminal: submitted into the stack, followed, counted, ended; and nothing left.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { cli } from '../integration/lab.ts';
import { docker, expectNoStack, ofStack, removeStack } from './stack.ts';

const opened = { dataDir: '' };
const stack = (): string[] => ['--engine', 'docker', '--profile', 'spark', '--data-dir', opened.dataDir];

beforeAll(async () => {
  await expectNoStack();
  opened.dataDir = await mkdtemp(join(tmpdir(), 'riacho-spark-'));
  await cli(['up', '--detach', ...stack()]);
});
afterAll(async () => {
  await removeStack();
  await rm(opened.dataDir, { recursive: true, force: true });
});

it('turns messages into rows and dead letters, counts them, and leaves nothing but its checkpoint', async () => {
  const faulty = ['--count', '500', '--rate', 'max', '--faulty', '10'];
  expect((await cli(['produce', '--source', 'offline', ...faulty, ...stack()])).code).toBe(0);
  const spark = ['consume', '--mode', 'initial', '--processor', 'spark', '--until-idle', '1s', '--json'];
  const consumed = await cli([...spark, ...stack()]);
  expect(consumed.stderr).toBe('');
  const events = consumed.stdout.trim().split('\n');
  expect(JSON.parse(events.at(-1) ?? '')).toMatchObject({
    event: 'summary',
    processor: 'spark',
    written: 450,
    deadLetters: 50,
    skipped: 0,
    waiting: 0,
  });
  // The last of the steps before it runs; the jars that come before it may be there already.
  expect(consumed.stdout).toContain('"step":{"kind":"connecting"}');
  const sum = { inTopic: 500, skipped: 0, written: 450, deadLetters: 50, waiting: 0 };
  expect(events.findLast((line) => line.includes('"sum"'))).toContain(JSON.stringify(sum));
  const query = 'SELECT count(*) FROM dsa_dados_usuarios.tb_usuarios';
  expect(await docker('exec', 'cassandra', 'cqlsh', '-e', query)).toMatch(/\n\s+450\n/);
  expect((await ofStack()).filter((name) => name.includes('spark-job'))).toEqual([]);
});

it('is refused, with the way out, where the stack has no Spark', async () => {
  await docker('rm', '--force', 'dsaservidor-spark-worker-1-1', 'dsaservidor-spark-master-1');
  const refused = await cli(['consume', '--mode', 'append', '--processor', 'spark', ...stack()]);
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain('--profile spark');
});
