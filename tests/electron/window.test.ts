// The window as a person meets it: it opens, remembers, is there once, speaks their language, survives its page.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { launch, groundOf, makeHome, start, type Desktop, type Home, type ReadyGround } from './desktop.ts';

let ground: ReadyGround;
let home: Home;
let desktop: Desktop | undefined;

beforeEach(async (context) => {
  ground = groundOf(context);
  home = await makeHome(ground);
});
afterEach(async () => {
  await desktop?.kill();
  desktop = undefined;
  await home?.remove();
});

async function open(language?: string): Promise<Desktop> {
  desktop = await launch({ ground, home, ...(language && { language }) });
  return desktop;
}

describe('the window', () => {
  it('opens, paints and is answered by the app behind it', async () => {
    const { app, page } = await open();
    await page.getByRole('button', { name: 'Start stack' }).waitFor();
    const window = await app.evaluate(({ BrowserWindow }) => {
      const [first, ...others] = BrowserWindow.getAllWindows();
      return { isVisible: first?.isVisible(), title: first?.getTitle(), others: others.length };
    });
    expect(window).toEqual({ isVisible: true, title: 'Riacho', others: 0 });
    const painted = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint').length);
    expect(painted).toBe(1);
  });

  it('says where its Node has no SQLite, as that of these tests, and shows the other lab all the same', async () => {
    const { page } = await open();
    await page.getByRole('radiogroup', { name: 'Lab' }).getByText('weather').click();
    await page
      .getByText(/^The weather lab needs SQLite, which this Node\.js \(16/)
      .first()
      .waitFor();
    await page.getByRole('radiogroup', { name: 'Lab' }).getByText('users').click();
    const start = page.getByRole('button', { name: 'Start stack' });
    await start.waitFor();
    expect(await start.isEnabled()).toBe(true);
  });

  it('stands again where it was left, as large as it was', async () => {
    const bounds = { x: 140, y: 90, width: 1100, height: 700 };
    const first = await open();
    await first.app.evaluate(
      ({ BrowserWindow }, wanted) => BrowserWindow.getAllWindows()[0]?.setBounds(wanted),
      bounds,
    );
    await vi.waitFor(async () => expect(await boundsIn(first)).toEqual(bounds));
    await first.quit();
    expect(await boundsIn(await open())).toEqual(bounds);
  });

  it('never opens smaller than its screens need, nor out of sight', async () => {
    const first = await open();
    const least = await first.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.getMinimumSize(),
    );
    expect(least).toEqual([960, 640]);
    await first.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.setBounds({ x: -5_000, y: -5_000, width: 1100, height: 700 }),
    );
    await first.quit();
    const { x, y } = (await boundsIn(await open())) ?? { x: -1, y: -1 };
    expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
  });

  it('is one: who starts a second brings the first to the front', async () => {
    const { app } = await open();
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
    const second = start({ ground, home });
    expect(await second.ended).toEqual({ code: 0, signal: null });
    await vi.waitFor(async () =>
      expect(
        await app.evaluate(({ BrowserWindow }) =>
          BrowserWindow.getAllWindows().map((one) => one.isVisible()),
        ),
      ).toEqual([true]),
    );
  });
});

describe('the menu', () => {
  it.each([
    ['en_US.UTF-8', ['Riacho', 'Edit', 'View', 'Window', 'Help'], 'Documentation of Kafka 3.9'],
    ['pt_BR.UTF-8', ['Riacho', 'Editar', 'Exibir', 'Janela', 'Ajuda'], 'Documentação do Kafka 3.9'],
  ])('speaks the language of a %s system', async (language, labels, link) => {
    const { app } = await open(language);
    const shown = await menuIn(app);
    expect(shown.map(({ label }) => label)).toEqual(labels);
    expect(shown.at(-1)?.items).toContain(link);
  });

  it('follows the language that is set, at once and at the next start', async () => {
    const first = await open();
    const { app, page } = first;
    await page.getByRole('button', { name: 'Start stack' }).waitFor();
    await page
      .getByRole('button', { name: 'pt-BR' })
      .or(page.getByText('pt-BR', { exact: true }))
      .first()
      .click();
    await vi.waitFor(async () => expect((await menuIn(app)).map(({ label }) => label)).toContain('Exibir'));
    await first.quit();
    expect(JSON.parse(await readFile(join(home.userData, 'window.json'), 'utf8'))).toMatchObject({
      language: 'pt-BR',
    });
    const next = await open();
    expect((await menuIn(next.app)).map(({ label }) => label)).toContain('Exibir');
  });
});

describe('a page that ends unexpectedly', () => {
  it('is loaded anew, and what it calls is answered as before', async () => {
    const { app, page } = await open();
    await page.getByRole('button', { name: 'Start stack' }).waitFor();
    const { pid: mainPid } = await app.evaluate(() => ({ pid: process.pid }));
    const crashed = page.waitForEvent('crash');
    await app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
    );
    await crashed;
    // Playwright's page has died with it; the window is asked instead.
    await vi.waitFor(
      async () => {
        const text = await app.evaluate(({ BrowserWindow }) =>
          BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript('document.body.innerText'),
        );
        expect(text).toContain('Start stack');
      },
      { timeout: 20_000, interval: 200 },
    );
    expect(await app.evaluate(() => process.pid)).toBe(mainPid);
  });
});

async function boundsIn({ app }: Desktop) {
  return app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds());
}

async function menuIn(app: Desktop['app']) {
  return app.evaluate(({ Menu }) =>
    (Menu.getApplicationMenu()?.items ?? []).map(({ label, submenu }) => ({
      label,
      items: submenu?.items.map((item) => item.label) ?? [],
    })),
  );
}
