// A story in steps, each on what the one before left: after a failed step the others fail at once, and a picture of
// the page is kept.
import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, beforeEach } from 'vitest';
import type { Shown } from './browser.ts';

/** Where pictures go, outside of the project: RIACHO_SHOTS, or a folder of the system's for what is temporary. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['RIACHO_SHOTS'] ?? join(tmpdir(), 'riacho-shots');
  await mkdir(folder, { recursive: true });
  await page.screenshot({
    animations: 'disabled',
    path: join(folder, `${name.replaceAll(/[^\p{L}\d]+/gu, '-')}.png`),
  });
}

/**
 * To be called inside a `describe`, before its own hooks. Whatever went wrong on the page without being expected fails
 * the step that it happened in.
 */
export function inSteps(pages: () => readonly Shown[]): void {
  const failed: string[] = [];
  beforeEach(() => {
    if (failed.length > 0) throw new Error(`after a failed step: ${failed[0]}`);
  });
  afterEach(async ({ task }) => {
    const problems = pages().flatMap((shown) => shown.takeProblems());
    if ((task.result?.state !== 'fail' && problems.length === 0) || failed.length > 0) return;
    failed.push(task.name);
    for (const [index, { page }] of pages().entries()) await picture(page, `failed ${task.name} ${index}`);
    if (problems.length > 0) throw new Error(`on the page: ${problems.join('\n')}`);
  });
}
