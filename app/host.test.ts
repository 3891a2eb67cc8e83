// What a host does for a person, and what stands in for what it cannot.
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { HostService, type Host } from './host.ts';

const root = await mkdtemp(join(tmpdir(), 'riacho-host-'));
afterAll(() => rm(root, { recursive: true }));
afterEach(() => void vi.unstubAllEnvs());

const service = (host: Host): HostService =>
  new HostService({ host, dataDir: '/data', logFile: '/data/logs/riacho.log' });

/** The system's program that opens folders, or one in its place that fails with this code. */
async function opener(name: string, code: number): Promise<string> {
  const folder = join(root, name);
  await mkdir(folder);
  const program = join(folder, process.platform === 'darwin' ? 'open' : 'xdg-open');
  await writeFile(program, `#!/bin/sh\necho "$@" > ${folder}/said\nexit ${code}\n`);
  await chmod(program, 0o755);
  vi.stubEnv('PATH', `${folder}:${process.env['PATH']}`);
  return join(folder, 'said');
}

describe('a host', () => {
  it('without a dialog takes the place that was suggested', async () => {
    const plain = service({ kind: 'browser' });
    expect(await plain.chooseFile('/tmp/a.csv')).toEqual({ file: '/tmp/a.csv' });
    expect(await plain.info()).toMatchObject({ kind: 'browser', choosesFiles: false, dataDir: '/data' });
  });

  it('with a dialog says what a person chose, or that they thought better of it', async () => {
    const answers = ['/tmp/b.csv', null];
    const window = service({ kind: 'window', chooseFile: async () => answers.shift() ?? null });
    expect(await window.chooseFile('/tmp/a.csv')).toEqual({ file: '/tmp/b.csv' });
    expect(await window.chooseFile('/tmp/a.csv')).toEqual({ file: null });
    expect((await window.info()).choosesFiles).toBe(true);
  });

  it('shows a file by the system’s own program, without a shell', async () => {
    const said = await opener('works', 0);
    const file = join(root, 'a $(touch b).csv');
    await writeFile(file, '');
    await service({ kind: 'browser' }).showInFolder(file);
    const expected = process.platform === 'darwin' ? `-R ${file}` : root;
    expect((await readFile(said, 'utf8')).trim()).toBe(expected);
  });

  it('says what is in the way where that does not work', async () => {
    await opener('fails', 3);
    const failing = service({ kind: 'browser' }).showInFolder(root);
    await expect(failing).rejects.toMatchObject({
      code: 'FILE_DIALOG_UNAVAILABLE',
      params: { path: root, detail: expect.stringContaining('open 3') },
    });
    vi.stubEnv('PATH', '/nowhere');
    await expect(service({ kind: 'browser' }).showInFolder(root)).rejects.toMatchObject({
      code: 'FILE_DIALOG_UNAVAILABLE',
    });
  });

  it.each(['relative.csv', '/nowhere/at/all.csv', '--help'])('never shows %s', async (file) => {
    const shown: string[] = [];
    const window = service({ kind: 'window', showInFolder: async (path) => void shown.push(path) });
    await expect(window.showInFolder(file)).rejects.toMatchObject({
      code: 'FILE_DIALOG_UNAVAILABLE',
      params: { path: file },
    });
    expect(shown).toEqual([]);
  });

  it('knows the folder for downloads as the desktop does', async () => {
    const config = join(root, 'config');
    const downloads = join(root, 'Transferências');
    await mkdir(config);
    await writeFile(join(config, 'user-dirs.dirs'), `# mine\nXDG_DOWNLOAD_DIR="${downloads}"\n`);
    vi.stubEnv('XDG_CONFIG_HOME', config);
    expect((await service({ kind: 'browser' }).info()).downloads).not.toBe(downloads);
    await mkdir(downloads);
    expect((await service({ kind: 'browser' }).info()).downloads).toBe(downloads);
  });
});
