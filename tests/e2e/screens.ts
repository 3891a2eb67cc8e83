// Where things are on the screens, found as a person or a screen reader finds them.
import type { Locator, Page } from 'playwright-core';

type Place = Page | Locator;

export function button(place: Place, name: string): Locator {
  return place.getByRole('button', { name, exact: true });
}

/** A region with a name: a card, a panel, a section. */
export function panel(place: Place, name: string): Locator {
  return place.getByLabel(name, { exact: true }).and(place.locator('section, aside, [role="region"]'));
}

/** One that is known by its heading. */
export function card(page: Page, name: string): Locator {
  const heading = page.getByRole('heading', { level: 2, name, exact: true });
  return page.locator('section').filter({ has: heading });
}

/** A node of the pipeline. */
export function node(page: Page, name: string): Locator {
  return page.getByRole('group', { name, exact: true });
}

/** By the rail. */
export async function goTo(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation').getByRole('button', { name, exact: true }).click();
  await page.getByRole('heading', { level: 1, name, exact: true }).waitFor({ state: 'attached' });
}

/** One of a few that stand side by side. */
export async function choose(page: Page, group: string, option: string): Promise<void> {
  await page.getByRole('radiogroup', { name: group, exact: true }).getByText(option, { exact: true }).click();
}

/** Replaces what stands in an editor. */
export async function fillEditor(page: Page, name: string, text: string): Promise<void> {
  const editor = page.getByRole('textbox', { name, exact: true });
  await editor.click();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.press('Delete');
  await page.keyboard.insertText(text);
}

/** The first number in a text as the language writes it; 0 where there is none. */
export function numberIn(text: string): number {
  const found = /\d[\d.,\s]*/.exec(text)?.[0] ?? '0';
  return Number(found.replaceAll(/\D/g, ''));
}
