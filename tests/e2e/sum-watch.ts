// Looks at the bottom bar's sum each time it changes on the screen, from inside the page: no sample is missed.
import type { Page } from 'playwright-core';

export interface SumSeen {
  /** How often it was looked at, and what was seen first and last. */
  samples: number;
  first?: ShownSum;
  last?: ShownSum;
  /** Those that do not hold. */
  wrong: ShownSum[];
}

export interface ShownSum {
  inTopic: number;
  skipped: number;
  written: number;
  deadLetters: number;
  waiting: number;
}

declare global {
  interface Window {
    riachoSums?: SumSeen;
  }
}

/** Begins to look; the bar must be there. What a reload takes away is begun anew by another call. */
export async function watchSum(page: Page, name: string): Promise<void> {
  await page.getByRole('group', { name }).waitFor();
  await page.evaluate((label) => {
    const seen: SumSeen = { samples: 0, wrong: [] };
    window.riachoSums = seen;
    const read = (): ShownSum | undefined => {
      const bar = document.querySelector(`[role="group"][aria-label="${label}"]`);
      const of = (term: keyof ShownSum): number => {
        const text = bar?.querySelector(`[data-term="${term}"] > span`)?.textContent ?? '';
        return text === '' || text === '–' ? Number.NaN : Number(text.replaceAll(/\D/g, ''));
      };
      const sum = {
        inTopic: of('inTopic'),
        skipped: of('skipped'),
        written: of('written'),
        deadLetters: of('deadLetters'),
        waiting: of('waiting'),
      };
      return Object.values(sum).some(Number.isNaN) ? undefined : sum;
    };
    const look = (): void => {
      const sum = read();
      if (!sum) return;
      seen.samples += 1;
      seen.first ??= sum;
      seen.last = sum;
      if (sum.inTopic !== sum.skipped + sum.written + sum.deadLetters + sum.waiting) seen.wrong.push(sum);
    };
    new MutationObserver(look).observe(document.querySelector('footer') ?? document.body, {
      subtree: true,
      childList: true,
      characterData: true,
    });
    look();
  }, name);
}

export async function seenSums(page: Page): Promise<SumSeen> {
  const seen = await page.evaluate(() => window.riachoSums);
  if (!seen) throw new Error('nobody watched the sum');
  return seen;
}
