// What the tests of the desktop need, once for all of them: an Electron, a screen, the app built for both.
// Where one of these cannot be had the tests are left out, with the reason.
import { execFile } from 'node:child_process';
import { access, chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';
import { buildForTests } from './build.ts';
import { getElectron } from './runtime.ts';
import { openScreen, type Screen } from './screen.ts';

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
  let screen: Screen | undefined;
  try {
    const { program: electron } = await getElectron();
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
    screen?.close();
    await rm(folder, { recursive: true, force: true });
  };
}
