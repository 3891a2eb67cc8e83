// What axe has to say about a page.
import { source as axe } from 'axe-core';
import type { Page } from 'playwright-core';

export interface Violation {
  rule: string;
  nodes: string[];
}

/** What axe finds on the page as it is now. */
export async function violations(page: Page): Promise<Violation[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { axe: run } = globalThis as unknown as {
      axe: {
        run: (
          o: object,
        ) => Promise<{ violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[] }>;
      };
    };
    const found = await run.run({ resultTypes: ['violations'] });
    return found.violations.map(({ id, nodes }) => ({
      rule: id,
      nodes: nodes.map(({ html, failureSummary }) => `${html.slice(0, 160)} ${failureSummary ?? ''}`),
    }));
  });
}
