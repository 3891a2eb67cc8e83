import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { StackProfile } from '../../../words/stack.ts';
import { PlanSource } from './plan-source.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'riacho-plan-'));
});
afterEach(() => rm(folder, { recursive: true }));

const service = (name: string, profile: string) => `  ${name}: { image: 'i:1', profiles: [${profile}] }\n`;
const write = (text: string) => writeFile(join(folder, 'c.yml'), `name: p\nservices:\n${text}`);

function sourceOf(asked: { profile: StackProfile; port: string }): PlanSource {
  return new PlanSource({
    composeFile: join(folder, 'c.yml'),
    profile: () => asked.profile,
    env: () => ({ PORT: asked.port }),
  });
}

it('reads the file again when the profile or a variable changes, and when it is told to', async () => {
  await write(`  broker: { image: 'i:\${PORT}' }\n${service('spark-master', 'spark')}`);
  const asked: { profile: StackProfile; port: string } = { profile: 'light', port: '1' };
  const source = sourceOf(asked);
  const first = await source.current();
  expect(first?.services.map(({ name, image }) => [name, image])).toEqual([['broker', 'i:1']]);
  expect(await source.current()).toBe(first);
  asked.profile = 'spark';
  expect((await source.current())?.services.map(({ name }) => name)).toEqual(['broker', 'spark-master']);
  asked.port = '2';
  expect((await source.current())?.services[0]?.image).toBe('i:2');
  await write(service('cassandra', 'spark'));
  expect((await source.read()).services.map(({ name }) => name)).toEqual(['cassandra']);
  expect(source.known?.services.map(({ name }) => name)).toEqual(['cassandra']);
});

it('gives everyone who asks while it reads the same', async () => {
  await write(`  broker: { image: 'i:1' }\n`);
  const source = sourceOf({ profile: 'light', port: '1' });
  const [first, second] = await Promise.all([source.current(), source.current()]);
  expect(first).toBeDefined();
  expect(second).toBe(first);
});

it('has none while the file cannot be read, and remembers the last that could be', async () => {
  const source = sourceOf({ profile: 'light', port: '1' });
  expect(await source.current()).toBeUndefined();
  await expect(source.read()).rejects.toThrow('COMPOSE_UNREADABLE');
  await write(`  broker: { image: 'i:1' }\n`);
  const read = await source.read();
  await write('  broker: { imige: i }\n');
  await expect(source.read()).rejects.toThrow('COMPOSE_UNKNOWN_KEY');
  expect(await source.current()).toBeUndefined();
  expect(source.known).toBe(read);
});
