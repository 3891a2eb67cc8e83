// The one window: where it stands, what its page may do, and what becomes of a page that breaks.
import { join } from 'node:path';
import { app, BrowserWindow, dialog, nativeTheme, screen } from 'electron';
import type { Sentences } from '../words/sentences/en.ts';
import { denyNavigation, denyPermissions, denyWindows } from './guard.ts';
import { Breakdowns } from './breakdowns.ts';
import { pageUrl } from './scheme.ts';
import { visibleBounds, type WindowState } from './window-state.ts';

/** Smaller, the screens do not fit. */
const least = { minWidth: 960, minHeight: 640 };
const usual = { width: 1280, height: 800 };
/** The ground of the page in each theme, so that nothing flashes before the first paint. */
const ground = { light: '#f1f4f5', dark: '#0f181c' };

/** No Node in the page, no reach into the preload's world, the browser's sandbox around all of it. */
export const webPreferences = {
  contextIsolation: true,
  sandbox: true,
  nodeIntegration: false,
  webSecurity: true,
  webviewTag: false,
  spellcheck: false,
} as const;

export interface WindowOptions {
  state: WindowState;
  preload: string;
  /** In the language of the moment. */
  sentences: () => Sentences;
  /** Whether the stack has a service that serves this very address. */
  isServicePage: (url: string) => boolean;
}

/** Opens the window; resolves with its first paint. */
export async function openWindow({
  state,
  preload,
  sentences,
  isServicePage,
}: WindowOptions): Promise<BrowserWindow> {
  const screens = screen.getAllDisplays().map(({ workArea }) => workArea);
  const window = new BrowserWindow({
    ...usual,
    ...visibleBounds(state.bounds, screens),
    ...least,
    show: false,
    title: 'Riacho',
    icon: join(app.getAppPath(), 'assets/icons/256x256.png'),
    backgroundColor: nativeTheme.shouldUseDarkColors ? ground.dark : ground.light,
    webPreferences: { ...webPreferences, preload },
  });
  if (state.isMaximized) window.maximize();
  const { webContents } = window;
  denyPermissions(webContents.session);
  denyNavigation(webContents);
  denyWindows(webContents, isServicePage);
  survive(window, sentences);
  await Promise.all([
    new Promise<void>((resolve) => window.once('ready-to-show', () => resolve())),
    window.loadURL(pageUrl),
  ]);
  window.show();
  return window;
}

/** A page that ended is loaded anew, one that hangs is a person's to judge; the runs go on meanwhile. */
function survive(window: BrowserWindow, sentences: () => Sentences): void {
  const { webContents } = window;
  const breakdowns = new Breakdowns();
  const ask = async (text: string, signal?: AbortSignal): Promise<boolean> => {
    const { desktop } = sentences();
    const { response } = await dialog.showMessageBox(window, {
      type: 'warning',
      message: text,
      detail: desktop.page.detail,
      buttons: [desktop.page.reload, desktop.page.wait],
      defaultId: 0,
      cancelId: 1,
      ...(signal && { signal }),
    });
    return response === 0;
  };
  webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return;
    if (breakdowns.isAnother(performance.now())) webContents.reload();
    else void ask(sentences().desktop.page.ended).then((reloads) => reloads && webContents.reload());
  });
  window.on('unresponsive', () => {
    const answers = new AbortController();
    window.once('responsive', () => answers.abort());
    void ask(sentences().desktop.page.hangs, answers.signal).then(
      (reloads) => reloads && !answers.signal.aborted && webContents.forcefullyCrashRenderer(),
    );
  });
}

/** What is to be remembered of the window as it is. */
export function boundsOf(window: BrowserWindow): Pick<WindowState, 'bounds' | 'isMaximized'> {
  return { bounds: window.getNormalBounds(), isMaximized: window.isMaximized() };
}
