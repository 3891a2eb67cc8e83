// What every test of the screens begins with: one browser a file, and pages that are closed whatever a test does.
import { afterAll, afterEach, beforeAll } from 'vitest';
import type { AnyRouter } from '../../server/sockets.ts';
import { openBrowser, type Browser, type Look, type Shown } from './browser.ts';

/** To be called inside a `describe`; each page is the test's own, and must have had no problem when it ends. */
export function usePages(): (router: AnyRouter, look?: Look) => Promise<Shown> {
  const open: { browser?: Browser; pages: Shown[] } = { pages: [] };
  beforeAll(async () => {
    open.browser = await openBrowser();
  });
  afterEach(async () => {
    const pages = open.pages.splice(0);
    const problems = pages.flatMap((shown) => shown.takeProblems());
    for (const shown of pages) await shown.close();
    if (problems.length > 0) throw new Error(`on the page: ${problems.join('\n')}`);
  });
  afterAll(async () => {
    await open.browser?.close();
  });
  return async (router, look) => {
    if (!open.browser) throw new Error('no browser');
    const shown = await open.browser.show(router, look);
    open.pages.push(shown);
    return shown;
  };
}
