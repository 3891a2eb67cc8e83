// A machine as a newcomer's: no network, no Java, nothing on PATH but the system's own shell, an empty home, no root.
// Made of namespaces around the one program that is tried on it; nothing of the real machine is changed.
import { spawn } from 'node:child_process';
import { chmod, chown, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { expect, vi } from 'vitest';
import { processesOf, type FoundProcess } from './processes.ts';
import { relayTo } from './relay.ts';

const isRoot = process.getuid?.() === 0;
const uid = isRoot ? 65_534 : (process.getuid?.() ?? 0);
const gid = isRoot ? 65_534 : (process.getgid?.() ?? 0);

/** What an ordinary system has; neither java nor node nor mvn. */
const programs = ['sh', 'bash', 'env', 'cat', 'dirname', 'nice', 'readlink', 'sleep', 'true', 'unshare'];
/** Within the new network, whose number is its own. */
const debugPort = 9333;
/** From a program's start to a page that answers. */
const openPatience = { timeout: 60_000, interval: 200 };
const attachMs = 10_000;
/** From being asked to end to being gone, a stack that has to stop included. */
const endPatience = { timeout: 60_000, interval: 500 };

/** As root of the new namespaces: no Java of the system's, a network of one's own; then as somebody who is not root. */
const enter = `
mount -t tmpfs none /usr/lib/jvm 2>/dev/null
ip link set lo up || exit 1
"$NODE" "$RELAY" "$HOME/relay" ${debugPort} >/dev/null 2>&1 &
exec ${isRoot ? `setpriv --reuid ${uid} --regid ${gid} --clear-groups --` : `unshare --user --map-user=${uid} --map-group=${gid} --`} \\
  env -u NODE -u RELAY PATH="$BIN" "$@"
`;

export interface Machine {
  home: string;
  /** Starts a program of the app's; resolves when its page stands. Whoever starts it ends it. */
  start(program: string, env?: Record<string, string>): Promise<RunningApp>;
  remove(): Promise<void>;
}

export interface RunningApp {
  page: Page;
  /** When the program was started, as `performance.now` says. */
  startedMs: number;
  /** The app's processes, those of a stack not among them. */
  processes(): Promise<FoundProcess[]>;
  /** Asks it to end as the system does; resolves when nothing of it is left, be it a stack. */
  end(): Promise<void>;
}

export async function makeMachine(display: string): Promise<Machine> {
  const root = await mkdtemp(join(tmpdir(), 'riacho-fresh-'));
  const bin = join(root, 'bin');
  const home = join(root, 'home');
  for (const folder of [bin, home]) await mkdir(folder);
  for (const name of programs) await symlink(`/usr/bin/${name}`, join(bin, name));
  await writeFile(join(root, 'enter'), enter);
  await chmod(root, 0o755);
  await chown(home, uid, gid);

  return {
    home,
    async start(program, env = {}) {
      const startedMs = performance.now();
      const flags = ['--mount', '--net', ...(isRoot ? [] : ['--map-root-user'])];
      const args = [program, `--remote-debugging-port=${debugPort}`, '--disable-gpu'];
      spawn('unshare', [...flags, 'sh', join(root, 'enter'), ...args], {
        cwd: home,
        stdio: ['ignore', 'ignore', 'inherit'],
        env: {
          PATH: process.env['PATH'] ?? '',
          HOME: home,
          DISPLAY: display,
          LANG: 'en_US.UTF-8',
          BIN: bin,
          NODE: process.execPath,
          RELAY: join(import.meta.dirname, 'relay.ts'),
          ...env,
        },
      });
      const { page, close } = await openPage(join(home, 'relay'));
      const processes = async (): Promise<FoundProcess[]> =>
        (await processesOf(home)).filter(({ program: name }) => name === 'riacho');
      return {
        page,
        startedMs,
        processes,
        async end() {
          await close();
          const isWindow = ({ args: given }: FoundProcess): boolean =>
            given.some((arg) => arg.startsWith('--remote-debugging')) &&
            !given.some((arg) => arg.startsWith('--type='));
          for (const { pid } of (await processes()).filter(isWindow)) process.kill(pid, 'SIGTERM');
          await vi.waitFor(async () => expect(await processesOf(home)).toEqual([]), endPatience);
          await rm(join(home, 'relay'), { force: true });
        },
      };
    },
    async remove() {
      for (const { pid } of await processesOf(home)) process.kill(pid, 'SIGKILL');
      await rm(root, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** The app's page, by the browser's own remote control: the other one, Node's, is burnt out in a packed app. */
async function openPage(socket: string): Promise<{ page: Page; close: () => Promise<void> }> {
  const server = createServer(relayTo(() => connect(socket)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const endpoint = `http://127.0.0.1:${port}`;
  const browser = await vi.waitFor(async () => {
    // Whoever connects before there is a page may wait for it for ever.
    const targets = JSON.stringify(await (await fetch(`${endpoint}/json/list`)).json());
    if (!targets.includes('app://riacho/')) throw new Error(`no page yet: ${targets}`);
    // Electron has no contexts to set anything in.
    return chromium.connectOverCDP(endpoint, { timeout: attachMs, noDefaults: true });
  }, openPatience);
  const [page] = browser.contexts().flatMap((context) => context.pages());
  if (page === undefined) throw new Error('no page');
  await page.getByRole('heading', { level: 1 }).waitFor({ state: 'attached' });
  return {
    page,
    async close() {
      await browser.close();
      server.close();
    },
  };
}
