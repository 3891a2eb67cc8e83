// A real Electron with our app in it, for a test to drive; each in a home folder of its own.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { inject, type TestContext } from 'vitest';
import { defaultFolders } from '../../app/folders.ts';
import type { Ground } from './setup.ts';

export type ReadyGround = Ground & { status: 'ready' };

/** What the desktop runs on here; leaves the test out where there is none. */
export function groundOf(context: TestContext): ReadyGround {
  const ground = inject('ground');
  if (ground.status === 'missing') context.skip(ground.reason);
  else return ground;
  throw new Error('skipped');
}

export interface Home {
  path: string;
  dataDir: string;
  userData: string;
  remove(): Promise<void>;
}

/** A person's home on this machine, for whoever runs the desktop; what was fetched for the stack is there already. */
export async function makeHome({ uid }: ReadyGround): Promise<Home> {
  const path = await mkdtemp(join(tmpdir(), 'riacho-home-'));
  const cache = join(path, '.cache', 'riacho');
  await mkdir(join(path, '.cache'));
  // The jars themselves are hard links: nothing but their names is new.
  const linked = spawn('cp', ['-al', defaultFolders().cacheDir, cache], { stdio: 'ignore' });
  await once(linked, 'close');
  await rm(join(cache, 'cds'), { recursive: true, force: true });
  for (const folder of [path, join(path, '.cache'), cache])
    await chown(folder, uid, -1).catch(() => undefined);
  return {
    path,
    dataDir: join(path, 'data'),
    userData: join(path, 'window'),
    remove: () => rm(path, { recursive: true, force: true, maxRetries: 5 }),
  };
}

export interface Desktop {
  app: ElectronApplication;
  page: Page;
  /** Resolves with how the process ended. */
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  /** Quits it as a person does, and lets go of it: a process that is held by its debugger does not end. */
  quit: () => Promise<void>;
  /** Ends it the hard way, if it has not ended yet. */
  kill(): Promise<void>;
}

const quitMs = 20_000;

export interface LaunchOptions {
  ground: ReadyGround;
  home: Home;
  language?: string;
}

function commandOf({ ground, home }: LaunchOptions): string[] {
  return [
    ground.appDir,
    `--user-data-dir=${home.userData}`,
    `--data-dir=${home.dataDir}`,
    '--disable-gpu',
    ...(ground.isSandboxed ? [] : ['--no-sandbox']),
  ];
}

function environmentOf({ ground, home, language = 'en_US.UTF-8' }: LaunchOptions): Record<string, string> {
  const { PATH = '', JAVA_HOME = '', RIACHO_CI_RUN = '' } = process.env;
  const own = { DISPLAY: ground.display, HOME: home.path, LANG: language, LANGUAGE: language.slice(0, 5) };
  return { PATH, ...own, ...(JAVA_HOME && { JAVA_HOME }), ...(RIACHO_CI_RUN && { RIACHO_CI_RUN }) };
}

/** Starts the desktop under Playwright's hand; resolves when its page stands. */
export async function launch(options: LaunchOptions): Promise<Desktop> {
  const app = await _electron.launch({
    executablePath: options.ground.executable,
    args: commandOf(options),
    env: environmentOf(options),
    cwd: options.home.path,
    chromiumSandbox: options.ground.isSandboxed,
  });
  const child = app.process();
  const ended = once(child, 'exit').then(([code, signal]) => ({ code, signal }));
  const page = await app.firstWindow();
  await page.getByRole('heading', { level: 1 }).waitFor({ state: 'attached' });
  return {
    app,
    page,
    ended,
    async quit() {
      // What is left running holds Playwright’s pipes, so its own end of the matter is not waited for.
      void app.close().catch(() => undefined);
      // Once in many runs Playwright's own wish to quit gets lost; the system's does not.
      const impatience = setTimeout(() => child.kill('SIGTERM'), quitMs);
      await ended;
      clearTimeout(impatience);
    },
    async kill() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
      await ended;
    },
  };
}

/** Starts the desktop with nobody's hand on it, as a person does. */
export function start(options: LaunchOptions) {
  const child = spawn(options.ground.executable, commandOf(options), {
    env: environmentOf(options),
    cwd: options.home.path,
    // `window` comes over the channel, as soon as there is one.
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  return { child, ended: once(child, 'exit').then(([code, signal]) => ({ code, signal })) };
}
