// What `npm start` runs: builds what is out of date and opens the desktop window. Where no window can be had it says
// why in one sentence and serves the browser, so that there is always something to use.
import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { globSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createSay, systemLanguage } from './words.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
/** Finds programs among what npm has put here. */
const installed = createRequire(import.meta.url);
/** Electron's program is fetched at its first use; without a network nobody waits longer for it. */
const fetchMs = 60_000;

type NoWindow = 'display' | 'electron' | 'start';

const say = await createSay(systemLanguage(process.env));
const args = process.argv.slice(2);

function run(file: string, fileArgs: string[], options: SpawnOptions): ChildProcess {
  return spawn(process.execPath, [file, ...fileArgs], { cwd: root, ...options });
}

/** Whether something that is built from is newer than what was built last. */
function isStale(): boolean {
  const sources = globSync(
    [
      '{renderer,electron,app,contract,words,pipeline,stack,assets}/**/*.*',
      'vite.config.ts',
      'package-lock.json',
    ],
    { cwd: root },
  );
  const changedAt = (path: string): number =>
    statSync(join(root, path), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  // The preload is built last.
  return Math.max(...sources.map(changedAt)) > changedAt('out/preload/preload.cjs');
}

async function build(): Promise<void> {
  process.stderr.write(`${say('desktop.building')}\n`);
  const vite = join(dirname(installed.resolve('vite/package.json')), 'bin', 'vite.js');
  const [code] = await once(run(vite, ['build', '--logLevel', 'warn'], { stdio: 'inherit' }), 'exit');
  if (code !== 0) process.exit(1);
}

/** The path of Electron's program, fetched if it was never used; undefined where it cannot be had. */
async function electronProgram(): Promise<string | undefined> {
  // Whoever has one already says where it lies, as Electron's own package has it.
  if (process.env['ELECTRON_OVERRIDE_DIST_PATH'] === undefined) {
    const install = installed.resolve('electron/install.js');
    const [code] = await once(run(install, [], { stdio: 'ignore', timeout: fetchMs }), 'exit');
    if (code !== 0) return undefined;
  }
  const program: unknown = installed('electron');
  return typeof program === 'string' ? program : undefined;
}

/** Opens the window and stays until it has gone; says why where there was none. */
async function openWindow(): Promise<NoWindow | undefined> {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (process.platform === 'linux' && !DISPLAY && !WAYLAND_DISPLAY) return 'display';
  const program = await electronProgram();
  if (program === undefined) return 'electron';
  const window = spawn(program, [root, ...args], {
    cwd: root,
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  process.on('SIGTERM', () => window.kill());
  const seen = { window: false };
  window.once('message', () => (seen.window = true));
  const hasEndedWell = await once(window, 'exit').then(
    ([code]) => code === 0,
    () => false,
  );
  return hasEndedWell || seen.window ? undefined : 'start';
}

async function serve(): Promise<void> {
  const served = run('cli/main.ts', ['serve', '--open', ...args], { stdio: 'inherit' });
  process.on('SIGTERM', () => served.kill());
  const [code] = await once(served, 'exit');
  process.exitCode = typeof code === 'number' ? code : 1;
}

if (isStale()) await build();
// Ctrl-C reaches window and server by themselves, and is waited for.
process.on('SIGINT', () => undefined);
const missing = await openWindow();
if (missing !== undefined) {
  process.stderr.write(`${say('desktop.browser', { reason: say(`desktop.noWindow.${missing}`) })}\n`);
  await serve();
}
