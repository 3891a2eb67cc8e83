// Takes the README's pictures of the real app at work: `npm run pictures`. Look at each before you commit it.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { openBrowser } from './browser.ts';
import { openRealApp } from './harness.ts';
import { button, goTo } from './screens.ts';
import { named, type Language } from './words.ts';

const folder = fileURLToPath(new URL('../../docs/pictures', import.meta.url));
/** Long enough that the charts have something to tell. */
const flowMs = 75_000;

async function take(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(folder, `${name}.png`) });
}

const rate = 120;
const spoiledPercent = 6;
const asked = JSON.stringify({
  source: 'offline',
  rate,
  isMax: false,
  seconds: 60,
  isEndless: true,
  spoiledPercent,
});

await mkdir(folder, { recursive: true });
const app = await openRealApp();
const browser = await openBrowser();
try {
  await app.client.stack.start({});
  await app.client.consumer.start({ mode: 'initial' });
  await app.client.producer.start({ source: 'offline', rate, faultyPercent: spoiledPercent });
  await new Promise((resolve) => setTimeout(resolve, flowMs));
  const languages: [Language, string][] = [
    ['en', ''],
    ['pt-BR', '-pt'],
  ];
  for (const [language, suffix] of languages) {
    const say = named[language];
    const light = await browser.show(app.router, { locale: language, colorScheme: 'light' });
    // The card shows what it last asked for: what runs here was asked for by the contract.
    await light.page.evaluate((form) => localStorage.setItem('riacho-producer', form), asked);
    await light.page.reload();
    await button(light.page, say.stopConsuming).waitFor();
    await light.page.waitForTimeout(2_500);
    await take(light.page, `lab-light${suffix}`);
    await light.close();
    const dark = await browser.show(app.router, { locale: language, colorScheme: 'dark' });
    await goTo(dark.page, say.messages);
    await dark.page.getByText(language === 'en' ? 'Live' : 'Ao vivo', { exact: true }).click();
    await dark.page.waitForTimeout(3_000);
    await dark.page.getByRole('row').nth(9).click();
    await button(dark.page, say.follow).waitFor();
    await dark.page.waitForTimeout(800);
    await take(dark.page, `messages-dark${suffix}`);
    await dark.close();
  }
} finally {
  await browser.close();
  await app.client.stack.stop();
  await app.close();
}
