// The page by keys alone: Tab from stop to stop, where each has to show that it has the focus.
import type { Page } from 'playwright-core';

/** Presses Tab until what has this name has the focus; each stop on the way shows that it has it. */
export function tabTo(page: Page, name: string): Promise<void> {
  return tabUntil(page, name, (focused) => focused.name === name);
}

export function tabToRole(page: Page, role: string, name: string): Promise<void> {
  return tabUntil(page, `${role} ${name}`, (focused) => focused.name === name && focused.role === role);
}

interface Focused {
  name: string;
  role: string;
  isSeen: boolean;
}

const stopsMax = 90;

async function tabUntil(page: Page, what: string, isIt: (focused: Focused) => boolean): Promise<void> {
  for (let stop = 0; stop < stopsMax; stop += 1) {
    const focused = await focusedOf(page);
    if (focused && isIt(focused)) return;
    await page.keyboard.press('Tab');
    const next = await focusedOf(page);
    if (next && !next.isSeen) throw new Error(`no focus is seen on ${next.role} “${next.name}”`);
  }
  throw new Error(`Tab does not lead to ${what}`);
}

function focusedOf(page: Page): Promise<Focused | undefined> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!(element instanceof HTMLElement) || element === document.body) return undefined;
    const textOf = (ids: string | null): string =>
      (ids ?? '')
        .split(' ')
        .map((id) => document.getElementById(id)?.textContent ?? '')
        .join(' ')
        .trim();
    const labels = element instanceof HTMLInputElement ? [...(element.labels ?? [])] : [];
    const name =
      element.getAttribute('aria-label') ||
      textOf(element.getAttribute('aria-labelledby')) ||
      labels
        .map((label) => label.textContent ?? '')
        .join(' ')
        .trim() ||
      (element.textContent ?? '').trim();
    // The ring may be drawn by what stands for an input that is not seen itself.
    const above = [element.closest('[data-node], footer > *, .mantine-Slider-root, label, fieldset')];
    const drawn = [element, element.parentElement, element.nextElementSibling, ...labels, ...above];
    const isSeen = drawn.some((one) => {
      if (!one) return false;
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one);
      return (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow.includes(' 0px 0px 0px 2px');
    });
    // Where text is typed the caret is seen.
    const isTyped = element.matches(
      'input:not([type="range"], [type="radio"], [type="checkbox"]), .cm-content',
    );
    return {
      name,
      role: element.getAttribute('role') ?? element.tagName.toLowerCase(),
      isSeen: isSeen || isTyped,
    };
  });
}
