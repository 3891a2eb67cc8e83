// The flow as a newcomer meets it, shortened, in the real window: stack, records, rows, a CSV, the end.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { groundOf, launch, makeHome } from './desktop.ts';
import { sumOf } from './sum.ts';

const patience = { timeout: 40_000 };

it('starts the stack, brings users into the table and the table into a CSV, and ends with nothing left', async (context) => {
  const ground = groundOf(context);
  const home = await makeHome(ground);
  const desktop = await launch({ ground, home });
  const { page, app } = desktop;
  const press = (name: string) => page.getByRole('button', { name, exact: true }).first().click(patience);
  try {
    await press('Start stack');
    await page.getByText('Offline', { exact: true }).click(patience);
    await page.getByLabel('Rate').fill('50');
    await page.getByLabel('Duration').fill('4');
    await page.getByRole('slider').focus();
    for (let percent = 0; percent < 10; percent += 1) await page.keyboard.press('ArrowRight');
    await press('Start consuming');
    await page.getByRole('button', { name: 'Stop consuming' }).waitFor(patience);
    await press('Start producing');

    await expect.poll(async () => (await sumOf(page))['inTopic'], patience).toBeGreaterThanOrEqual(200);
    await expect.poll(async () => (await sumOf(page))['waiting'], patience).toBe(0);
    const { inTopic, skipped, written, deadLetters } = await sumOf(page);
    expect(inTopic).toBe((skipped ?? 0) + (written ?? 0) + (deadLetters ?? 0));
    expect(deadLetters).toBeGreaterThan(0);

    await press('Rows');
    await press('Export CSV');
    const file = join(home.path, 'users.csv');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('File').fill(file);
    await dialog.getByRole('button', { name: 'Export', exact: true }).click();
    await dialog.getByRole('button', { name: 'Show in folder' }).waitFor(patience);
    const lines = (await readFile(file, 'utf8')).trim().split('\n');
    expect(lines).toHaveLength((written ?? 0) + 1);
    await page.keyboard.press('Escape');

    await press('Stop stack');
    await press('Lab');
    await page.getByRole('button', { name: 'Start stack' }).waitFor(patience);
    expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
    await desktop.quit();
  } finally {
    await desktop.kill();
    await home.remove();
  }
}, 180_000);
