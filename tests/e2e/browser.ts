// Debian's Chromium, driven; each page it shows is watched, and what goes wrong on it fails the test that looks.
import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { chromium, type BrowserContextOptions, type Page } from 'playwright-core';
import { serveApp } from '../../server/serve-app.ts';
import type { AnyRouter } from '../../server/sockets.ts';
import { lineTo, type Line } from './line.ts';
import { builtPage } from './page-build.ts';

export type Look = Pick<BrowserContextOptions, 'locale' | 'colorScheme' | 'reducedMotion' | 'viewport'>;

/** A page of ours in a browser of its own kind, with nothing remembered. */
export interface Shown {
  page: Page;
  origin: string;
  /** Addresses outside of our origin that the page asked for. */
  foreign: readonly string[];
  /** What went wrong and was not expected; takes it off the list. */
  takeProblems(): string[];
  /** From now on what fits is no problem: a test breaks something on purpose. */
  expect(problem: RegExp): void;
  /** The line between page and server, where the server is of this process. */
  line: Line;
  close(): Promise<void>;
}

export interface Browser {
  /** Opens the address of a server in a process of its own; with a cookie where it has let somebody in already. */
  visit(url: string, look?: Look, cookie?: { name: string; value: string }): Promise<Shown>;
  /** Serves the router on a port of its own and opens the page, with its token, as a person does. */
  show(router: AnyRouter, look?: Look): Promise<Shown>;
  close(): Promise<void>;
}

/** How long anything on a page may take, unless a test says otherwise. */
const patienceMs = 15_000;

const networkChanged = /net::ERR_NETWORK_CHANGED/;

const portrait =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><rect width="1" height="1"/></svg>';

export async function findChromium(): Promise<string> {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/bin'];
  for (const folder of folders) {
    for (const name of ['chromium', 'chromium-browser', 'google-chrome']) {
      const path = join(folder, name);
      const isThere = await access(path, constants.X_OK).then(
        () => true,
        () => false,
      );
      if (isThere) return path;
    }
  }
  throw new Error('no Chromium: apt-get install chromium');
}

/** Close it, whatever happens. */
export async function openBrowser(args: string[] = []): Promise<Browser> {
  const browser = await chromium.launch({
    executablePath: await findChromium(),
    // Root cannot have the sandbox, and needs it off.
    chromiumSandbox: process.getuid?.() !== 0,
    args,
  });
  const visit: Browser['visit'] = async (url, look = {}, cookie) => {
    const { origin, port } = new URL(url);
    const line = lineTo(Number(port));
    const context = await browser.newContext({
      locale: 'pt-BR',
      viewport: { width: 1280, height: 800 },
      ...look,
    });
    context.setDefaultTimeout(patienceMs);
    // Whether the network is there is no matter of chance: a test that wants it away says so.
    await context.route('https://randomuser.me/**', (route) =>
      route.fulfill({ contentType: 'image/svg+xml', body: portrait }),
    );
    if (cookie) await context.addCookies([{ ...cookie, url: origin }]);
    const page = await context.newPage();
    const watched = watch(page, origin);
    await load(page, url);
    return {
      page,
      origin,
      ...watched,
      line,
      async close() {
        await context.close();
        line.close();
      },
    };
  };
  return {
    visit,
    async show(router, look) {
      const serving = await serveApp({ router, staticDir: await builtPage() });
      const shown = await visit(serving.url, look);
      return {
        ...shown,
        async close() {
          await shown.close();
          await serving.close();
        },
      };
    },
    close: () => browser.close(),
  };
}

/**
 * Containers that come and go change the machine's network, and Chromium breaks off what it fetches just then: a page
 * that has lost a part of itself so is loaded again, as a person would.
 */
async function load(page: Page, url: string): Promise<void> {
  const broken: string[] = [];
  page.on('requestfailed', (request) => {
    if (networkChanged.test(request.failure()?.errorText ?? '')) broken.push(request.url());
  });
  await page.goto(url);
  for (let again = 0; again < 5 && broken.splice(0).length > 0; again += 1) await page.reload();
}

/** Errors of the page and of the console, refused by the page's policy among them, and requests to elsewhere. */
function watch(page: Page, origin: string): Pick<Shown, 'foreign' | 'takeProblems' | 'expect'> {
  const problems: string[] = [];
  const expected: RegExp[] = [networkChanged];
  const foreign: string[] = [];
  const note = (problem: string): void => {
    if (!expected.some((pattern) => pattern.test(problem))) problems.push(problem);
  };
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) note(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => note(`page: ${error.stack ?? error.message}`));
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(`${origin}/`) && !url.startsWith('data:')) foreign.push(url);
  });
  return {
    foreign,
    takeProblems: () => problems.splice(0),
    expect: (problem) => void expected.push(problem),
  };
}
