// What the first screen may cost. Its bytes are the same on every machine and held to the budget; of its time only what
// no machine should need is tested here, `npm run bench:ui` measures the rest.
import { describe, expect, it } from 'vitest';
import { openFedLab } from './fed-router.ts';
import { stoppedStack } from './fed-said.ts';
import { usePages } from './fixtures.ts';
import { measureFirstScreen, startButton } from './first-screen.ts';

const budgetBytes = 300_000;
/** Two faces, in Latin letters. */
const fontsBytes = 100_000;
const patienceMs = 10_000;

describe('the first screen', () => {
  const show = usePages();

  it('takes 300 kB at most, with its styles', async () => {
    const lab = openFedLab();
    lab.said.stack = stoppedStack();
    const { page } = await show(lab.router);
    const { codeBytes, fontBytes, usableMs } = await measureFirstScreen(page, startButton);
    expect(codeBytes).toBeGreaterThan(50_000);
    expect(codeBytes).toBeLessThanOrEqual(budgetBytes);
    expect(fontBytes).toBeLessThanOrEqual(fontsBytes);
    expect(usableMs).toBeLessThan(patienceMs);
  });
});
