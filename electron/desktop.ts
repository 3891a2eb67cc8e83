// The desktop's life: one process, one window, the app behind it, and an orderly end. The parts stand in files of
// their own; what is heavy is loaded when the window has been painted.
import { join } from 'node:path';
import { inspect, parseArgs } from 'node:util';
import { app, crashReporter, nativeTheme, type BrowserWindow, type MessagePortMain } from 'electron';
import type { App } from '../app/create-app.ts';
import { openPage } from '../app/page.ts';
import { faultOf } from '../words/errors.ts';
import type { Sentences } from '../words/sentences/en.ts';
import type { Settings } from '../words/settings.ts';
import { askToQuit, showFault, type Stand } from './dialogs.ts';
import { Ending } from './ending.ts';
import { showMenu } from './menu.ts';
import { registerScheme, servePage } from './scheme.ts';
import { givePorts } from './ports.ts';
import { boundsOf, openWindow } from './window.ts';
import { readWindowState, writeWindowState, type WindowState } from './window-state.ts';
import { sentencesIn } from './words.ts';

/** Takes the place of this process among the windows, or gives way to the one that has it. */
export function runDesktop(): void {
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  // What fails while nobody waits for it is told, and must not end the runs.
  process.on('unhandledRejection', (reason) => process.stderr.write(`${inspect(reason)}\n`));
  // What is left of a crash stays on this machine, in the window's own folder: it may hold what a person saw.
  crashReporter.start({ uploadToServer: false });
  registerScheme();
  const desktop = new Desktop();
  app.on('second-instance', () => desktop.focus());
  void app.whenReady().then(() => desktop.open());
}

/** `--data-dir`, among whatever else the browser was started with. */
function dataDirOf(argv: readonly string[]): string | undefined {
  const options = { 'data-dir': { type: 'string' } } as const;
  return parseArgs({ args: argv.slice(1), options, strict: false }).values['data-dir']?.toString();
}

class Desktop {
  readonly #stateFile = join(app.getPath('userData'), 'window.json');
  readonly #opening = Promise.withResolvers<(port: MessagePortMain) => void>();
  readonly #over = new AbortController();
  #state: WindowState = readWindowState(this.#stateFile);
  #window: BrowserWindow | undefined;
  #app: App | undefined;
  readonly #ending = new Ending({
    ownsStack: () => this.#app?.ownsStack ?? false,
    ask: () => askToQuit(this.#stand, this.#sentences),
    showStopping: () => {
      // The screen itself may have gone, and the window with it.
      if (!this.#window || this.#window.isDestroyed()) return;
      this.#window.setTitle(this.#sentences.desktop.stopping);
      this.#window.setProgressBar(2);
    },
    close: async (leaveRunning) => this.#app?.close({ leaveRunning }),
    exit: () => {
      this.#over.abort();
      app.quit();
    },
  });

  get #stand(): Stand {
    return { window: this.#window, signal: this.#over.signal };
  }

  get #sentences(): Sentences {
    return sentencesIn(this.#state.language);
  }

  async open(): Promise<void> {
    this.#endInOrder();
    this.#dress();
    try {
      servePage(await openPage(join(app.getAppPath(), 'out/renderer')));
      givePorts(this.#opening.promise);
      this.#window = await openWindow({
        state: this.#state,
        preload: join(app.getAppPath(), 'out/preload/preload.cjs'),
        sentences: () => this.#sentences,
        isServicePage: (url) => this.#app?.isServicePage(url) ?? false,
      });
      this.#keepInSight(this.#window);
      // Whoever started us may want to know that there is a window.
      process.send?.('window');
      const { openApp, serveContract } = await import('./open-app.ts');
      this.#app = await openApp({ dataDir: dataDirOf(process.argv), window: this.#window });
      this.#opening.resolve(await serveContract(this.#app, (settings) => this.#take(settings)));
    } catch (error) {
      await showFault(this.#stand, faultOf(error), this.#sentences);
      await this.#ending.force();
    }
  }

  focus(): void {
    if (this.#window?.isMinimized()) this.#window.restore();
    this.#window?.show();
    this.#window?.focus();
  }

  /** The system's part of language and theme. */
  #dress(): void {
    nativeTheme.themeSource = this.#state.theme;
    showMenu(this.#sentences);
  }

  #take({ language, theme }: Settings): void {
    if (this.#state.language === language && this.#state.theme === theme) return;
    this.#state = { ...this.#state, language, theme };
    this.#dress();
    writeWindowState(this.#stateFile, this.#state);
  }

  #keepInSight(window: BrowserWindow): void {
    window.on('close', (event) => {
      this.#state = { ...this.#state, ...boundsOf(window) };
      writeWindowState(this.#stateFile, this.#state);
      if (this.#ending.isOver) return;
      event.preventDefault();
      void this.#ending.request();
    });
  }

  #endInOrder(): void {
    app.on('before-quit', (event) => {
      if (this.#ending.isOver) return;
      event.preventDefault();
      void this.#ending.request();
    });
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void this.#ending.force());
  }
}
