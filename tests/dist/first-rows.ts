// What a newcomer does first, in the packed app: start the stack, bring users into the table, take them home as CSV.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { sumOf } from '../electron/sum.ts';
import type { RunningApp } from './fresh-machine.ts';

const patience = { timeout: 120_000 };

/** Resolves with the time from the app's start to the first row, in seconds, and with the number of rows. */
export async function bringFirstRows(
  { page, startedMs }: RunningApp,
  home: string,
): Promise<{ seconds: number; rows: number }> {
  const press = (name: string) => page.getByRole('button', { name, exact: true }).first().click(patience);
  await press('Start stack');
  await page.getByText('Offline', { exact: true }).click(patience);
  await page.getByLabel('Rate').fill('50');
  await page.getByLabel('Duration').fill('4');
  await press('Start consuming');
  await page.getByRole('button', { name: 'Stop consuming' }).waitFor(patience);
  await press('Start producing');
  const quickly = { ...patience, interval: 50 };
  await expect.poll(async () => (await sumOf(page))['written'], quickly).toBeGreaterThan(0);
  const seconds = (performance.now() - startedMs) / 1_000;

  await page.getByRole('button', { name: 'Start producing' }).waitFor(patience);
  await expect.poll(async () => (await sumOf(page))['waiting'], patience).toBe(0);
  return { seconds, rows: await exportRows({ page }, join(home, 'users.csv')) };
}

/** Writes the table to `file` from the Rows screen; resolves with the number of rows in it. */
export async function exportRows({ page }: Pick<RunningApp, 'page'>, file: string): Promise<number> {
  const press = (name: string) => page.getByRole('button', { name, exact: true }).first().click(patience);
  await press('Rows');
  await press('Export CSV');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('File').fill(file);
  await dialog.getByRole('button', { name: 'Export', exact: true }).click();
  await dialog.getByRole('button', { name: 'Show in folder' }).waitFor(patience);
  await page.keyboard.press('Escape');
  const lines = (await readFile(file, 'utf8')).trim().split('\n');
  return lines.length - 1;
}
