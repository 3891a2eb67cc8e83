// The Docker stack asked for on a machine whose Docker does not answer: one sentence, in both languages, and nothing else.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cli } from './lab.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'riacho-no-docker-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe.each([
  ['en', 'No Docker engine answers at'],
  ['pt-BR', 'Nenhum Docker responde em'],
])('without Docker, in %s', (language, sentence) => {
  const ask = (...args: string[]) =>
    cli([...args, '--engine', 'docker', '--lang', language, '--data-dir', join(folder, 'data')], {
      env: { DOCKER_HOST: `unix://${join(folder, 'docker.sock')}` },
    });

  it('a start says why it cannot be', async () => {
    const { code, stderr } = await ask('up');
    expect(code).toBe(1);
    expect(stderr).toMatch(new RegExp(`^${sentence} .*\\n$`));
  });

  it('the doctor finds it', async () => {
    const { code, stdout } = await ask('doctor');
    expect(code).toBe(1);
    expect(stdout).toContain(`✗ Docker: ${sentence}`);
  });

  it('nothing runs, and there is nothing to stop', async () => {
    expect((await ask('status', '--json')).events.at(-1)).toMatchObject({
      engine: 'docker',
      stack: 'stopped',
    });
    expect((await ask('down')).code).toBe(0);
  });
});
