// What the first screen costs a browser that has seen nothing of ours: bytes as they travel, and when what can be seen.
import type { Page } from 'playwright-core';
import { eventually } from '../integration/lab.ts';

export interface FirstScreen {
  /** Bytes as sent, packed, headers too: the page with its scripts and styles; fonts and pictures apart. */
  codeBytes: number;
  fontBytes: number;
  /** Milliseconds since the address was followed. */
  firstPaintMs: number;
  usableMs: number;
}

/** What a fresh window waits for; what a person works with on the Lab of a running stack; its last part to come. */
export const startButton = 'main button:not([role])';
export const producerButton = 'main fieldset ~ div button';
export const pipelineNode = '[data-node="table"]';

/**
 * Opens the page, in a browser that has been let in, without its cache. `selector` says what has to be there for a
 * person to begin; what is asked for behind that counts for nothing.
 */
export async function measureFirstScreen(page: Page, selector: string): Promise<FirstScreen> {
  const { origin } = new URL(page.url());
  await page.goto('about:blank');
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.setCacheDisabled', { cacheDisabled: true });
  const urls = new Map<string, string>();
  const bytes = new Map<string, number>();
  session.on('Network.responseReceived', ({ requestId, response }) => urls.set(requestId, response.url));
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) =>
    bytes.set(urls.get(requestId) ?? '', encodedDataLength),
  );
  await page.addInitScript((wanted) => {
    const look = (): void => {
      if (document.querySelector(wanted)) performance.mark('usable');
      else requestAnimationFrame(look);
    };
    look();
  }, selector);
  await page.goto(origin);
  await page.waitForFunction(() => performance.getEntriesByName('usable').length > 0);
  const { needed, ...times } = await page.evaluate(() => {
    const usableMs = performance.getEntriesByName('usable')[0]?.startTime ?? Number.NaN;
    return {
      needed: performance
        .getEntriesByType('resource')
        .filter(({ startTime }) => startTime <= usableMs)
        .map(({ name }) => name),
      firstPaintMs: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN,
      usableMs,
    };
  });
  const sumOf = async (wanted: RegExp): Promise<number> => {
    const found = [`${origin}/`, ...needed].filter((url) => wanted.test(url));
    await eventually('all of it has come', () => found.every((url) => bytes.has(url)), 10_000);
    return found.reduce((sum, url) => sum + (bytes.get(url) ?? 0), 0);
  };
  const taken = { codeBytes: await sumOf(/(\/|\.js|\.css)$/), fontBytes: await sumOf(/\.woff2$/) };
  await session.detach();
  return { ...taken, ...times };
}
