// What the first screen may cost. Its bytes are the same on every machine and held to the budget; of its time only what
// no machine should need is tested here, `npm run bench:ui` measures the rest.
import { describe, expect, it } from 'vitest';
import { openFedLab } from './fed-router.ts';
import { stoppedStack } from './fed-said.ts';
import { usePages } from './fixtures.ts';
import { measureFirstScreen, producerButton, startButton } from './first-screen.ts';

const budgetBytes = 300_000;
/** Two faces, in Latin letters. */
const fontsBytes = 100_000;
const patienceMs = 10_000;

describe('the first screen takes 300 kB at most, with its styles', () => {
  const show = usePages();

  it.each([
    ['of a fresh window', false, startButton],
    ['of a stack at work', true, producerButton],
  ])('%s', async (_name, isUp, selector) => {
    const lab = openFedLab({ rate: 50 });
    if (!isUp) lab.said.stack = stoppedStack();
    const { page } = await show(lab.router);
    const { codeBytes, fontBytes, usableMs } = await measureFirstScreen(page, selector);
    expect(codeBytes).toBeGreaterThan(50_000);
    expect(codeBytes).toBeLessThanOrEqual(budgetBytes);
    expect(fontBytes).toBeLessThanOrEqual(fontsBytes);
    expect(usableMs).toBeLessThan(patienceMs);
  });
});
