import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { installCommand } from './install-command.ts';

const folder = await mkdtemp(join(tmpdir(), 'riacho-tools-'));
afterAll(() => rm(folder, { recursive: true }));

it('names the package manager that is there', async () => {
  await writeFile(join(folder, 'dnf'), '');
  await chmod(join(folder, 'dnf'), 0o755);
  expect(await installCommand('java', folder)).toBe('sudo dnf install java-17-openjdk-headless');
  expect(await installCommand('maven', folder)).toBe('sudo dnf install maven');
});

it('names a site where no package manager is known', async () => {
  expect(await installCommand('java', '')).toBe('https://adoptium.net');
});
