// The app as the window's host makes it. Loads the whole pipeline, so it is imported after the first paint.
import { join } from 'node:path';
import { app, shell, type BrowserWindow } from 'electron';
import { createApp, type App } from '../app/create-app.ts';
import { defaultFolders } from '../app/folders.ts';
import { askWhereToSave } from './dialogs.ts';
import { supervisorCommand } from './supervisor.ts';

export { serveContract } from './transport.ts';

/** Rejects with `DATA_FOLDER_UNWRITABLE`. Whoever opens it closes it. */
export function openApp({
  dataDir,
  window,
}: {
  dataDir: string | undefined;
  window: BrowserWindow;
}): Promise<App> {
  return createApp({
    folders: {
      ...defaultFolders(dataDir),
      resourcesDir: join(app.getAppPath(), 'compose/embedded'),
      composeFile: join(app.getAppPath(), 'compose/docker-compose.yml'),
    },
    supervisorCommand: supervisorCommand(),
    host: {
      kind: 'window',
      chooseFile: (suggested) => askWhereToSave(window, suggested),
      showInFolder: async (file) => shell.showItemInFolder(file),
    },
  });
}
