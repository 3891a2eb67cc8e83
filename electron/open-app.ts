// The app as the window's host makes it. Loads the whole pipeline, so it is imported after the first paint.
import { shell, type BrowserWindow } from 'electron';
import { createApp, type App } from '../app/create-app.ts';
import { defaultFolders, ensureWritable } from '../app/folders.ts';
import { askWhereToSave } from './dialogs.ts';
import { composeFileIn, embeddedResources } from './shipped.ts';
import { supervisorCommand } from './supervisor.ts';

export { serveContract } from './transport.ts';

/** Rejects with `DATA_FOLDER_UNWRITABLE`. Whoever opens it closes it. */
export async function openApp({
  dataDir,
  window,
}: {
  dataDir: string | undefined;
  window: BrowserWindow;
}): Promise<App> {
  const folders = defaultFolders(dataDir);
  await ensureWritable(folders.dataDir);
  return createApp({
    folders: {
      ...folders,
      resourcesDir: embeddedResources(),
      composeFile: await composeFileIn(folders.dataDir),
    },
    supervisorCommand: supervisorCommand(),
    host: {
      kind: 'window',
      chooseFile: (suggested) => askWhereToSave(window, suggested),
      showInFolder: async (file) => shell.showItemInFolder(file),
    },
  });
}
