// What a page in the window cannot do, whatever got into it: tried from within the page, on a real Electron.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { links } from '../../words/links.ts';
import { launch, groundOf, makeHome, type Desktop, type Home, type ReadyGround } from './desktop.ts';

let ground: ReadyGround;
let home: Home;
let desktop: Desktop;

beforeEach(async (context) => {
  ground = groundOf(context);
  if (desktop) return;
  home = await makeHome(ground);
  desktop = await launch({ ground, home });
  await desktop.page.getByRole('button', { name: 'Start stack' }).waitFor();
});
afterAll(async () => {
  await desktop?.kill();
  await home?.remove();
});

const pageUrl = 'app://riacho/';

describe('the page', () => {
  it('runs in the sandbox, apart from the preload, without Node', async () => {
    const preferences = await desktop.app.evaluate(({ BrowserWindow }) => {
      const { webContents } = BrowserWindow.getAllWindows()[0] ?? {};
      // Not in the types, and the one place that tells what is really in force.
      return (
        webContents as unknown as { getLastWebPreferences(): Record<string, unknown> }
      ).getLastWebPreferences();
    });
    expect(preferences).toMatchObject({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
    });
    expect(
      await desktop.page.evaluate('[typeof require, typeof process, typeof module, typeof Buffer]'),
    ).toEqual(Array(4).fill('undefined'));
  });

  it('is a process of its own that the system holds in its sandbox', async (context) => {
    if (!ground.isSandboxed) context.skip('needs a user other than root for Chromium’s sandbox');
    const { args, pid } = await desktop.app.evaluate(({ BrowserWindow }) => ({
      args: process.argv,
      pid: BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId(),
    }));
    const status = await readFile(`/proc/${pid}/status`, 'utf8');
    expect(args).not.toContain('--no-sandbox');
    // 2: a filter decides over each of its system calls.
    expect(/^Seccomp:\s*(\d)/m.exec(status)?.[1]).toBe('2');
  });

  it('has nothing of the preload but one port', async () => {
    const { page } = desktop;
    await page.addInitScript(() => {
      const heard: unknown[] = [];
      Object.assign(globalThis, { heard });
      addEventListener('message', (event) =>
        heard.push({
          data: event.data,
          ports: event.ports.length,
          isOwn: event.source === window,
          origin: event.origin,
        }),
      );
    });
    await page.reload();
    await page.getByRole('button', { name: 'Start stack' }).waitFor();
    expect(await page.evaluate('heard')).toEqual([
      { data: 'riacho-port', ports: 1, isOwn: true, origin: 'app://riacho' },
    ]);
    // What this window has that an empty one of the same Chromium has not.
    const added = await page.evaluate(() => {
      const frame = document.createElement('iframe');
      document.body.append(frame);
      const plain = new Set(frame.contentWindow ? Object.getOwnPropertyNames(frame.contentWindow) : []);
      frame.remove();
      return Object.getOwnPropertyNames(window).filter((name) => !plain.has(name));
    });
    expect(added.filter((name) => /electron|ipc|node|riacho|bridge|api|require|process/i.test(name))).toEqual(
      [],
    );
  });
});

describe('leaving', () => {
  it.each(['https://example.com/', 'file:///etc/passwd', 'app://other/', 'data:text/html,x'])(
    'to %s is denied',
    async (url) => {
      const { page } = desktop;
      await follow(url);
      // Still there, alive, and at its own address.
      expect(await page.evaluate(() => location.href)).toBe(pageUrl);
      expect(await urlsOfWindows()).toEqual([pageUrl]);
    },
  );

  it('to an empty page leads back at once, and the app answers there', async () => {
    const { page } = desktop;
    await follow('about:blank').catch(() => undefined);
    await page.waitForURL(pageUrl);
    await page.getByRole('button', { name: 'Start stack' }).waitFor();
    expect(await urlsOfWindows()).toEqual([pageUrl]);
  });

  it.each([
    'https://example.com/',
    `${links.kafka}x`,
    `${links.kafka}#x`,
    links.kafka.replace('https', 'http'),
    pageUrl,
  ])('by a new window to %s is denied, and nothing is opened outside', async (url) => {
    expect(await openedOutsideBy(url)).toEqual([]);
    expect(await urlsOfWindows()).toEqual([pageUrl]);
  });

  it.each(Object.values(links))(
    'by a link of the list opens %s in the person’s browser only',
    async (url) => {
      expect(await openedOutsideBy(url)).toEqual([url]);
      expect(await urlsOfWindows()).toEqual([pageUrl]);
    },
  );
});

describe('the scheme', () => {
  it.each(['..%2foutside.js', 'assets%2f..%2f..%2foutside.js', '..%5coutside.js', '%2e%2e%2foutside.js'])(
    'has nothing at %s, though there is a script',
    async (path) => {
      await writeFile(join(ground.appDir, 'out', 'outside.js'), 'export {};');
      expect(await loadScript(`${pageUrl}${path}`)).toBe('error');
    },
  );

  it('has the page’s own files, and has them under its own name only', async () => {
    const own = await desktop.page.evaluate(() => document.querySelector('script')?.src ?? '');
    expect(await loadScript(own)).toBe('load');
    // Asked by a window without our guards.
    const told = await desktop.app.evaluate(async ({ BrowserWindow }) => {
      const other = new BrowserWindow({ show: false });
      await other.loadURL('app://other/index.html').catch(() => undefined);
      const text: unknown = await other.webContents.executeJavaScript('document.body.innerText');
      other.destroy();
      return text;
    });
    expect(told).toBe('404');
  });
});

describe('the policy', () => {
  it('is kept by the page itself on every screen', async () => {
    const { page } = desktop;
    await page.addInitScript(() => {
      const violations: string[] = [];
      Object.assign(globalThis, { violations });
      document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile }) =>
        violations.push(`${violatedDirective} ${blockedURI} ${sourceFile}`),
      );
    });
    await page.reload();
    await page.getByRole('button', { name: 'Start stack' }).waitFor();
    for (const name of ['Services', 'Messages', 'Rows', 'Settings', 'Lab']) {
      await page.getByRole('navigation').getByRole('button', { name }).click();
      await page.getByRole('heading', { level: 1, name }).waitFor({ state: 'attached' });
    }
    expect(await page.evaluate('violations')).toEqual([]);
  });

  it('lets nothing run that was put into the page, nothing be evaluated, nothing be sent away', async () => {
    const tried = await desktop.page.evaluate(async () => {
      const script = document.createElement('script');
      script.textContent = 'window.ran = true';
      document.body.append(script);
      const style = document.createElement('style');
      style.textContent = 'body { --put-in: 1 }';
      document.head.append(style);
      const put = getComputedStyle(document.body).getPropertyValue('--put-in');
      script.remove();
      style.remove();
      const sent = await fetch('https://randomuser.me/api/').then(
        () => 'sent',
        () => 'refused',
      );
      return { ran: 'ran' in window, put, sent };
    });
    expect(tried).toEqual({ ran: false, put: '', sent: 'refused' });
    const evaluated = await desktop.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(
        `(() => { try { return (0, eval)('1') } catch (error) { return error.name } })()`,
      ),
    );
    expect(evaluated).toBe('EvalError');
  });
});

describe('permissions', () => {
  it.each(['camera', 'microphone', 'geolocation', 'notifications', 'midi', 'clipboard-read'])(
    'for %s are denied',
    async (name) => {
      const state = await desktop.page.evaluate(
        async (permission) =>
          (await navigator.permissions.query({ name: permission as PermissionName })).state,
        name,
      );
      expect(state).toBe('denied');
    },
  );

  it('are denied to whoever asks outright, but for copying', async () => {
    const asked = await desktop.page.evaluate(async () => {
      const place = await new Promise((resolve) =>
        navigator.geolocation.getCurrentPosition(
          () => resolve('granted'),
          ({ code }) => resolve(code),
        ),
      );
      return { place, notification: await Notification.requestPermission() };
    });
    expect(asked).toEqual({ place: 1, notification: 'denied' });
    await desktop.page.locator('body').click({ position: { x: 1, y: 1 } });
    await desktop.page.evaluate(() => navigator.clipboard.writeText('copied'));
    expect(await desktop.app.evaluate(({ clipboard }) => clipboard.readText())).toBe('copied');
  });
});

describe('a port', () => {
  it('is given to no other page than ours, and to no frame', async () => {
    const asked = await desktop.app.evaluate(({ ipcMain }) => {
      const given: string[] = [];
      const frame = (url: string, parent: unknown = null) => ({
        url,
        parent,
        postMessage: () => given.push(url),
      });
      const frames = [
        null,
        frame('https://example.com/'),
        frame('app://riacho.example/'),
        frame('app://other/'),
        frame('file:///app://riacho/'),
        frame('app://riacho/frame', {}),
        frame('app://riacho/'),
      ];
      for (const senderFrame of frames) ipcMain.emit('riacho-port', { senderFrame });
      return given;
    });
    expect(asked).toEqual(['app://riacho/']);
  });
});

describe('the app behind the page', () => {
  it('outlives what is no call at all, and answers on', async () => {
    const { app, page } = desktop;
    await page.addInitScript(() => {
      addEventListener('message', ({ ports }) => Object.assign(globalThis, { portOfPage: ports[0] }));
    });
    await page.reload();
    await page.getByRole('button', { name: 'Start stack' }).waitFor();
    const nonsense = fc.sample(
      fc.oneof(fc.string({ unit: 'binary' }), fc.json(), fc.jsonValue(), fc.uint8Array(), fc.constant(null)),
      { numRuns: 1_000, seed: 20_261_122 },
    );
    await page.evaluate((messages) => {
      const { portOfPage } = globalThis as unknown as { portOfPage: MessagePort };
      for (const message of messages) portOfPage.postMessage(message);
    }, nonsense as string[]);
    await page.reload();
    await page.getByRole('button', { name: 'Start stack' }).waitFor();
    expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  });
});

function urlsOfWindows(): Promise<string[]> {
  return desktop.app.evaluate(({ webContents }) =>
    webContents.getAllWebContents().map((one) => one.getURL()),
  );
}

/** Clicks a link in the page. */
function follow(url: string): Promise<void> {
  return desktop.page.evaluate((target) => {
    const link = document.createElement('a');
    link.href = target;
    document.body.append(link);
    link.click();
    link.remove();
  }, url);
}

/** Whether the page gets a script from there. */
function loadScript(url: string): Promise<string> {
  return desktop.page.evaluate(
    (src) =>
      new Promise<string>((resolve) => {
        const script = document.createElement('script');
        script.type = 'module';
        script.src = src;
        for (const outcome of ['load', 'error']) script.addEventListener(outcome, () => resolve(outcome));
        document.body.append(script);
      }),
    url,
  );
}

/** What the system was asked to open when the page asked for a window. */
async function openedOutsideBy(url: string): Promise<string[]> {
  await desktop.app.evaluate(({ shell }) => {
    const opened: string[] = [];
    Object.assign(globalThis, { opened });
    shell.openExternal = (target) => {
      opened.push(target);
      return Promise.resolve();
    };
  });
  await desktop.page.evaluate((target) => {
    window.open(target);
  }, url);
  return desktop.app.evaluate(() => (globalThis as unknown as { opened: string[] }).opened);
}
