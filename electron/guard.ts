// What a page may not do, whatever got into it: leave, open windows, ask for the machine. One small function each.
import { shell, type Session, type WebContents } from 'electron';
import { isLink } from '../words/links.ts';
import { isPageUrl, pageUrl } from './scheme.ts';

/** Copying a text is the one thing that the page does with the system. */
const granted = 'clipboard-sanitized-write';

export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, decide) =>
    decide(String(permission) === granted),
  );
  session.setPermissionCheckHandler((_contents, permission) => String(permission) === granted);
  session.setDevicePermissionHandler(() => false);
}

/** The page stays the page; loading it anew is no leaving. */
export function denyNavigation(contents: WebContents): void {
  contents.on('will-navigate', (event, url) => {
    if (!isPageUrl(url)) event.preventDefault();
  });
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  // An empty page is asked of nobody, so it cannot be refused: the way back is taken at once.
  contents.on('did-navigate', (_event, url) => {
    if (!isPageUrl(url)) void contents.loadURL(pageUrl);
  });
}

/** No second window; a link of our list, or a service's own page, opens in the person's browser. */
export function denyWindows(contents: WebContents, isServicePage: (url: string) => boolean): void {
  contents.setWindowOpenHandler(({ url }) => {
    if (isServicePage(url)) void shell.openExternal(url);
    else openLink(url);
    return { action: 'deny' };
  });
}

/** Opens an address of our list, and no other. */
export function openLink(url: string): void {
  if (isLink(url)) void shell.openExternal(url);
}
