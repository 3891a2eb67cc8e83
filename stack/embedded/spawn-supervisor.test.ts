import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { createEmbeddedEngine } from './client.ts';
import { prepareDataFolder } from './spawn-supervisor.ts';

const root = await mkdtemp(join(tmpdir(), 'riacho-spawn-'));
afterAll(() => rm(root, { recursive: true }));
afterEach(() => vi.unstubAllGlobals());

describe('before a supervisor is started', () => {
  it('a data folder that cannot be made is a fault', async () => {
    const file = join(root, 'file');
    await writeFile(file, '');
    const dataDir = join(file, 'data');
    await expect(prepareDataFolder(dataDir)).rejects.toMatchObject({
      code: 'DATA_FOLDER_UNWRITABLE',
      params: { path: dataDir, detail: 'ENOTDIR' },
    });
  });

  it('Windows is a fault', async () => {
    vi.stubGlobal('process', { ...process, platform: 'win32' });
    await expect(prepareDataFolder(root)).rejects.toMatchObject({
      code: 'SYSTEM_UNFIT',
      params: { system: 'Windows' },
    });
  });
});

describe('a client without a supervisor', () => {
  it('says what a supervisor that cannot start said last', async () => {
    const command = [process.execPath, '-e', 'throw new Error("no such entry")'];
    const engine = createEmbeddedEngine({ dataDir: join(root, 'a'), supervisorCommand: command });
    await expect(engine.up({ leaveRunning: false })).rejects.toMatchObject({
      code: 'UNEXPECTED',
      params: { detail: 'Error: no such entry' },
    });
  });

  it('knows a stopped stack, whose number does not change while it stays so', async () => {
    const engine = createEmbeddedEngine({ dataDir: join(root, 'nothing'), supervisorCommand: [] });
    const first = await engine.next(0);
    expect(first.frame.stack).toBe('stopped');
    expect((await engine.next(first.version)).version).toBe(first.version);
    await engine.down();
    await expect(engine.addresses()).rejects.toMatchObject({ code: 'STACK_NOT_RUNNING' });
    await engine.close();
  });

  it('can be interrupted while it waits', async () => {
    const engine = createEmbeddedEngine({ dataDir: join(root, 'nothing'), supervisorCommand: [] });
    const { version } = await engine.next(0);
    const controller = new AbortController();
    const waiting = engine.next(version, controller.signal);
    controller.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});
