// `npm start` always ends in something to use: a window, or the browser and one sentence that says why.
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';

const entry = join(import.meta.dirname, '../../cli/start.ts');
type Started = ChildProcessByStdio<null, Readable, Readable>;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'riacho-start-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** `npm start` with a screen or without, and with a program in Electron's place that does as `script` says. */
async function start(environment: Record<string, string>, script?: string): Promise<Started> {
  const { PATH = '', HOME = '' } = process.env;
  if (script !== undefined) {
    await writeFile(join(folder, 'electron'), `#!${process.execPath}\n${script}\n`);
    await chmod(join(folder, 'electron'), 0o755);
  }
  return spawn(process.execPath, [entry, '--data-dir', join(folder, 'data')], {
    env: { PATH, HOME, LANG: 'en_US.UTF-8', ELECTRON_OVERRIDE_DIST_PATH: folder, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** The address that is served, opened once; then the program is ended, and says all that it said beside it. */
async function useAndEnd(started: Started): Promise<{ page: string; told: string }> {
  const { stdout, stderr } = started;
  const told = text(stderr);
  const ended = once(started, 'exit');
  let said = '';
  for await (const chunk of stdout) {
    said += String(chunk);
    if (said.includes('Ctrl-C')) break;
  }
  const url = /http:\/\/127\.0\.0\.1:\d+\/\?token=\S+/.exec(said)?.[0] ?? '';
  const entered = await fetch(url, { redirect: 'manual' });
  const cookie = (entered.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const page = await (await fetch(new URL('/', url), { headers: { cookie } })).text();
  started.kill('SIGTERM');
  await ended;
  return { page, told: await told };
}

it('serves the browser where there is no screen', async (context) => {
  if (process.platform !== 'linux') context.skip('needs a system that can be without a screen');
  const { page, told } = await useAndEnd(await start({}));
  expect(page).toContain('<title>Riacho</title>');
  expect(told).toContain('No window can be opened here (there is no display), so Riacho opens in a browser.');
});

it('serves the browser where Electron does not start', async () => {
  const { page, told } = await useAndEnd(await start({ DISPLAY: ':0' }, 'process.exit(1)'));
  expect(page).toContain('<title>Riacho</title>');
  expect(told).toContain(
    'No window can be opened here (Electron did not start), so Riacho opens in a browser.',
  );
});

it('serves the browser where Electron cannot be fetched, in the person’s language', async () => {
  const nowhere = {
    ELECTRON_OVERRIDE_DIST_PATH: join(folder, 'nowhere'),
    LANG: 'pt_BR.UTF-8',
    DISPLAY: ':0',
  };
  const { page, told } = await useAndEnd(await start(nowhere));
  expect(page).toContain('<title>Riacho</title>');
  expect(told).toContain('Não é possível abrir uma janela aqui (');
});

it('opens the window and ends with it, also when the window ended badly', async () => {
  for (const code of [0, 3]) {
    const opened = await start({ DISPLAY: ':0' }, `process.send('window', () => process.exit(${code}))`);
    const [[ended], told, said] = await Promise.all([
      once(opened, 'exit'),
      text(opened.stderr),
      text(opened.stdout),
    ]);
    expect([ended, said, told.replace('Building the pages …\n', '')]).toEqual([0, '', '']);
  }
});
