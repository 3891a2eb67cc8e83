// What the first screen costs a browser that has seen nothing of ours: bytes as they travel, and when what can be seen.
import type { Page } from 'playwright-core';

export interface FirstScreen {
  /** Bytes as sent, packed: the page with its scripts and styles; fonts and pictures apart. */
  codeBytes: number;
  fontBytes: number;
  /** Milliseconds since the address was followed. */
  firstPaintMs: number;
  usableMs: number;
}

/** What a fresh window waits for, and the Lab with a stack at work. */
export const startButton = 'main button:not([role])';
export const pipelineNode = '[data-node="table"]';

/**
 * Opens the page, in a browser that has been let in, without its cache. `selector` says what has to be there for a
 * person to begin; what is fetched behind that counts for nothing.
 */
export async function measureFirstScreen(page: Page, selector: string): Promise<FirstScreen> {
  const { origin } = new URL(page.url());
  await page.goto('about:blank');
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.setCacheDisabled', { cacheDisabled: true });
  const kinds = new Map<string, string>();
  const bytes = { code: 0, font: 0 };
  session.on('Network.responseReceived', ({ requestId, type }) => kinds.set(requestId, type));
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const kind = kinds.get(requestId) ?? '';
    if (['Document', 'Script', 'Stylesheet'].includes(kind)) bytes.code += encodedDataLength;
    if (kind === 'Font') bytes.font += encodedDataLength;
  });
  await page.addInitScript((wanted) => {
    const look = (): void => {
      if (document.querySelector(wanted)) performance.mark('usable');
      else requestAnimationFrame(look);
    };
    look();
  }, selector);
  await page.goto(origin);
  await page.locator(selector).first().waitFor();
  const taken = { codeBytes: bytes.code, fontBytes: bytes.font };
  const times = await page.evaluate(() => ({
    firstPaintMs: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN,
    usableMs: performance.getEntriesByName('usable')[0]?.startTime ?? Number.NaN,
  }));
  await session.detach();
  return { ...taken, ...times };
}
