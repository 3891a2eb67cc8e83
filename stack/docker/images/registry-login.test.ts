import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { loginFor, registryOf } from './registry-login.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'riacho-login-'));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

const write = (config: unknown) => writeFile(join(folder, 'config.json'), JSON.stringify(config));
const hub = 'https://index.docker.io/v1/';
const auth = Buffer.from('ana:pass:word').toString('base64');

it.each([
  ['cassandra:5.0.2', hub],
  ['apache/kafka:3.9.0', hub],
  ['docker.io/apache/kafka', hub],
  ['ghcr.io/a/b:1', 'ghcr.io'],
  ['127.0.0.1:5055/a:1', '127.0.0.1:5055'],
  ['localhost/a', 'localhost'],
])('knows whose %s is', (image, registry) => {
  expect(registryOf(image)).toBe(registry);
});

it('sends the login of the image’s own registry', async () => {
  await write({ auths: { [hub]: { auth }, 'ghcr.io': {} } });
  expect(await loginFor('cassandra:5', folder)).toEqual({
    username: 'ana',
    password: 'pass:word',
    serveraddress: hub,
  });
  expect(await loginFor('ghcr.io/a/b', folder)).toBeUndefined();
  expect(await loginFor('quay.io/a/b', folder)).toBeUndefined();
});

it('sends none where there is none, or it cannot be read', async () => {
  expect(await loginFor('cassandra:5', folder)).toBeUndefined();
  await writeFile(join(folder, 'config.json'), '{');
  expect(await loginFor('cassandra:5', folder)).toBeUndefined();
  await write({ credsStore: 'not-there' });
  expect(await loginFor('cassandra:5', folder)).toBeUndefined();
});

it.skipIf(process.platform === 'win32')('asks the program that keeps it', async () => {
  const helper = join(folder, 'docker-credential-kept');
  await writeFile(
    helper,
    '#!/bin/sh\nread registry\necho "{\\"Username\\":\\"$registry\\",\\"Secret\\":\\"s\\"}"\n',
  );
  await chmod(helper, 0o755);
  vi.stubEnv('PATH', `${folder}${delimiter}${process.env['PATH']}`);
  await write({ auths: { 'ghcr.io': {} }, credHelpers: { 'ghcr.io': 'kept' } });
  expect(await loginFor('ghcr.io/a/b', folder)).toEqual({
    username: 'ghcr.io',
    password: 's',
    serveraddress: 'ghcr.io',
  });
  await writeFile(helper, '#!/bin/sh\necho credentials not found\nexit 1\n');
  expect(await loginFor('ghcr.io/a/b', folder)).toBeUndefined();
});
