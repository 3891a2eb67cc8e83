// Reads the sum that the bottom bar shows.
import type { Page } from 'playwright-core';

/** The terms of the bottom bar's sum, as they stand there at one moment. */
export async function sumOf(page: Page): Promise<Record<string, number>> {
  const terms = await page
    .locator('[data-term]')
    .evaluateAll((found) =>
      found.map((term): [string, number] => [
        term.getAttribute('data-term') ?? '',
        Number((term.querySelector('span')?.textContent ?? '').replaceAll(/\D/g, '')),
      ]),
    );
  return Object.fromEntries(terms);
}
