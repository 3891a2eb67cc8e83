// What is in the packages, how large it is, and what the app takes when nothing runs.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { getCurrentFuseWire } from '@electron/fuses';
import { expect, inject, it, vi } from 'vitest';
import { fuses } from '../../electron/dist/fuses.ts';
import { fusesIn } from './after-pack.ts';
import { unpacked } from './build.ts';
import { idleMemory, installedBytes, limits, mebibytes } from './footprint.ts';
import { makeMachine } from './fresh-machine.ts';

const program = join(unpacked, 'riacho');
const resources = join(unpacked, 'resources');

it('the built program has its fuses as they are wanted, as far as this Electron has them', async () => {
  const wire: Partial<Record<number, unknown>> = await getCurrentFuseWire(program);
  const there = await fusesIn(program);
  expect(there.length).toBeGreaterThanOrEqual(7);
  // '0' and '1', as they stand in the program.
  expect(there.map((fuse) => [fuse, wire[fuse]])).toEqual(
    there.map((fuse) => [fuse, (fuses[fuse] ? '1' : '0').charCodeAt(0)]),
  );
});

it('the archive holds the bundles, and neither a module of npm nor a native one', async () => {
  const archive = await readFile(join(resources, 'app.asar'));
  // Its list of files stands at its head, as JSON, behind its length.
  const names = archive.toString('utf8', 16, 16 + archive.readUInt32LE(12));
  expect(names).toContain('preload.cjs');
  expect(names).not.toMatch(/node_modules|\.node"|ssh2|cpu-features|\.map"/);
});

it('what is not ours is told, with its licence', async () => {
  const text = await readFile(join(resources, 'THIRD-PARTY.txt'), 'utf8');
  for (const name of ['react 19', 'kafkajs 2', 'kafka-clients-', 'cassandra-all-', 'OpenJDK']) {
    expect(text).toContain(name);
  }
  expect(text).not.toMatch(/\/(home|work|root)\//);
  const legal = join(resources, 'compose', 'embedded', 'jre', 'legal');
  expect(await readdir(join(legal, 'java.base'))).toContain('LICENSE');
  expect(await readdir(unpacked)).toEqual(
    expect.arrayContaining(['LICENSE.electron.txt', 'LICENSES.chromium.html']),
  );
});

it('the installed app is small enough, and so is its memory while nothing runs', async () => {
  const bytes = await installedBytes(unpacked);
  const machine = await makeMachine(inject('display'));
  try {
    const app = await machine.start(program);
    await app.page.getByRole('button', { name: 'Start stack' }).waitFor();
    const memory = await vi.waitFor(
      async () => {
        const now = await idleMemory(app);
        expect(now).toBeLessThan(limits.idleMemory);
        return now;
      },
      { timeout: 30_000, interval: 2_000 },
    );
    process.stdout.write(`installed ${mebibytes(bytes)}, idle ${mebibytes(memory)}\n`);
    expect(bytes).toBeLessThan(limits.installed);
    await app.end();
  } finally {
    await machine.remove();
  }
});
