// What the tests of the desktop need, once for all of them: an Electron, a screen, the app built for both.
// Where one of these cannot be had the tests are left out, with the reason.
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { access, chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';
import { buildForTests } from './build.ts';

const run = promisify(execFile);

/** What a test needs to start the desktop, or why it cannot. */
export type Ground =
  | {
      status: 'ready';
      executable: string;
      appDir: string;
      display: string;
      isSandboxed: boolean;
      uid: number;
    }
  | { status: 'missing'; reason: string };

declare module 'vitest' {
  interface ProvidedContext {
    ground: Ground;
  }
}

const isRoot = process.getuid?.() === 0;

/** Whom root runs the desktop as: Chromium's sandbox is not to be had for root. */
const nobody = { user: 'nobody', group: 'nogroup', uid: 65_534 };

/** Where others can read it too: what root has in its own cache, nobody cannot run. */
const cacheDir = isRoot ? '/var/cache' : (process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'));

async function getElectron(): Promise<string> {
  const folder = join(cacheDir, 'riacho-tests', 'electron-22');
  await run(join(import.meta.dirname, 'get-electron.sh'), [folder], { timeout: 300_000 });
  const { stdout } = await run('ldd', [join(folder, 'electron')]);
  const missing = [...stdout.matchAll(/(\S+) => not found/g)].map(([, name]) => name);
  if (missing.length > 0) throw new Error(`needs ${missing.join(', ')}`);
  return join(folder, 'electron');
}

/** A screen of its own, gone with its process. */
async function openScreen(): Promise<{ display: string; server: ChildProcess }> {
  const args = ['-displayfd', '3', '-screen', '0', '1600x1000x24', '-nolisten', 'tcp'];
  const server = spawn('Xvfb', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const failed = once(server, 'error').then(([error]) => {
    throw new Error('needs Xvfb', { cause: error });
  });
  const numbers = server.stdio[3];
  if (!numbers) throw new Error('needs Xvfb');
  const [number] = await Promise.race([once(numbers, 'data'), failed]);
  return { display: `:${String(number).trim()}`, server };
}

/** A program that starts Electron as somebody who is not root; undefined where nobody may not read what it needs. */
async function wrapForNobody(
  electron: string,
  readable: string[],
  folder: string,
): Promise<string | undefined> {
  const { user, group } = nobody;
  const become = ['--reuid', user, '--regid', group, '--clear-groups', '--'];
  try {
    for (const path of [electron, ...readable]) await run('setpriv', [...become, 'test', '-r', path]);
    await run('setpriv', [...become, 'unshare', '--user', 'true']);
  } catch {
    return undefined;
  }
  const wrapper = join(folder, 'electron-as-nobody');
  await writeFile(wrapper, `#!/bin/sh\nexec setpriv ${become.join(' ')} '${electron}' "$@"\n`);
  await chmod(wrapper, 0o755);
  return wrapper;
}

export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'riacho-desktop-'));
  await chmod(folder, 0o755);
  let screen: { display: string; server: ChildProcess } | undefined;
  try {
    const electron = await getElectron();
    screen = await openScreen();
    const appDir = await buildForTests();
    await access(join(appDir, 'entry.cjs'));
    const wrapper = isRoot ? await wrapForNobody(electron, [join(appDir, 'entry.cjs')], folder) : undefined;
    const isSandboxed = !isRoot || wrapper !== undefined;
    provide('ground', {
      status: 'ready',
      executable: wrapper ?? electron,
      appDir,
      display: screen.display,
      isSandboxed,
      uid: wrapper ? nobody.uid : (process.getuid?.() ?? 0),
    });
  } catch (error) {
    provide('ground', { status: 'missing', reason: error instanceof Error ? error.message : String(error) });
  }
  return async () => {
    screen?.server.kill();
    await rm(folder, { recursive: true, force: true });
  };
}
