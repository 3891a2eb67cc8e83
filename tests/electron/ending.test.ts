// How the desktop ends with a real stack under it: what was chosen is what happens, and nothing is left behind.
import { access, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createEmbeddedEngine } from '../../stack/embedded/client.ts';
import { launch, groundOf, makeHome, start, type Desktop, type Home, type ReadyGround } from './desktop.ts';

let ground: ReadyGround;
let home: Home;
let desktop: Desktop | undefined;

beforeEach(async (context) => {
  ground = groundOf(context);
  home = await makeHome(ground);
});
afterEach(async () => {
  await stackOf(home).down();
  await desktop?.kill();
  desktop = undefined;
  await home.remove();
});

/** The stack in this home as any other program sees it. */
function stackOf({ dataDir }: Home) {
  const engine = createEmbeddedEngine({ dataDir, supervisorCommand: [] });
  const close = (): Promise<void> => engine.close();
  return {
    async state(): Promise<string> {
      const { frame } = await engine.next(0);
      await close();
      return frame.stack;
    },
    async down(): Promise<void> {
      await engine.down();
      await close();
    },
  };
}

async function openWithStack(): Promise<Desktop> {
  desktop = await launch({ ground, home });
  await desktop.page.getByRole('button', { name: 'Start stack' }).click();
  await vi.waitFor(async () => expect(await stackOf(home).state()).toBe('healthy'), {
    timeout: 120_000,
    interval: 500,
  });
  return desktop;
}

/** Answers the question to come by its button, and keeps what was asked. */
async function answer({ app }: Desktop, button: string): Promise<void> {
  await app.evaluate(({ dialog }, label) => {
    const asked: unknown[] = [];
    Object.assign(globalThis, { asked });
    Object.assign(dialog, {
      showMessageBox: async (_window: unknown, options: { buttons: string[] }) => {
        asked.push(options);
        return { response: options.buttons.indexOf(label), checkboxChecked: false };
      },
    });
  }, button);
}

function questions({ app }: Desktop): Promise<{ message: string; buttons: string[]; defaultId: number }[]> {
  return app.evaluate(() => (globalThis as unknown as { asked: never[] }).asked);
}

const quit = ({ app }: Desktop): Promise<void> =>
  app.evaluate(({ app: electron }) => electron.quit()).catch(() => undefined);

describe('quitting while a stack runs that the window started', { timeout: 240_000 }, () => {
  it('asks; cancelling changes nothing; stopping is seen and leaves nothing running', async () => {
    const open = await openWithStack();
    await answer(open, 'Cancel');
    await quit(open);
    await vi.waitFor(async () => expect(await questions(open)).toHaveLength(1));
    expect((await questions(open))[0]).toMatchObject({
      message: 'The stack is running. Stop it?',
      buttons: ['Stop and quit', 'Leave it running', 'Cancel'],
      defaultId: 0,
    });
    expect(await stackOf(home).state()).toBe('healthy');
    await open.page.getByText('Stop stack').first().waitFor();

    await answer(open, 'Stop and quit');
    await open.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
    // The window stays and says what is being waited for.
    const title = await vi.waitFor(async () => {
      const shown = await open.app.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()[0]?.getTitle(),
      );
      expect(shown).toContain('stopping');
      return shown;
    });
    expect(title).toBe('Riacho – stopping the stack …');
    await open.quit();
    expect(await stackOf(home).state()).toBe('stopped');
    await expect(access(join(home.dataDir, 'stack.json'))).rejects.toThrow('ENOENT');
  });

  it('can leave it running, and the next window finds it', async () => {
    const open = await openWithStack();
    await answer(open, 'Leave it running');
    await open.quit();
    // Whatever was going to end with the window has ended by now.
    await delay(2_000);
    expect(await stackOf(home).state()).toBe('healthy');

    desktop = await launch({ ground, home });
    await desktop.page.getByText('Stop stack').first().waitFor();
    // Not its own: it goes without a question, and the stack stays.
    await answer(desktop, 'Cancel');
    await desktop.quit();
    expect(await stackOf(home).state()).toBe('healthy');
  });
});

describe('quitting without a stack', () => {
  it('asks nothing', async () => {
    desktop = await launch({ ground, home });
    await answer(desktop, 'Cancel');
    // An answer would have been: cancel.
    await expect(desktop.quit()).resolves.toBeUndefined();
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('by %s ends in order', async (signal) => {
    const { child, ended } = start({ ground, home });
    await new Promise((resolve) => child.once('message', resolve));
    child.kill(signal);
    expect(await ended).toEqual({ code: 0, signal: null });
  });
});

describe('a window that cannot write in its data folder', () => {
  it('ends in order while it says so', async () => {
    const taken = join(home.path, 'taken');
    await writeFile(taken, 'no folder');
    const { child, ended } = start({ ground, home: { ...home, dataDir: join(taken, 'data') } });
    await new Promise((resolve) => child.once('message', resolve));
    // The dialog waits for a person; the system is heard all the same.
    child.kill('SIGTERM');
    expect(await ended).toEqual({ code: 0, signal: null });
  });
});
