// The page's own address in the window, `app://riacho/`: a secure origin, served from the built page and from nowhere else.
import { protocol } from 'electron';
import type { Page } from '../app/page.ts';
import { handleScheme, type SchemeAnswer } from './platform.ts';

const scheme = 'app';
export const pageUrl = `${scheme}://riacho/`;

/** Makes it an origin like any other; only possible before the app is ready. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme, privileges: { standard: true, secure: true } }]);
}

/** Whether `url` is a place in our page. */
export function isPageUrl(url: string): boolean {
  return url.startsWith(pageUrl);
}

/** What stands at `url`; other hosts of the scheme have nothing. */
export function answerFrom(page: Page, url: string): SchemeAnswer {
  const { pathname } = new URL(url);
  return page.answer(isPageUrl(url) ? pathname : '');
}

export function servePage(page: Page): void {
  handleScheme(scheme, (url) => answerFrom(page, url));
}
