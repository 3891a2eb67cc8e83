// The window's menu: what every desktop program has, the view, and where to read on.
import { app, Menu, type MenuItemConstructorOptions } from 'electron';
import type { Sentences } from '../words/sentences/en.ts';
import { links } from '../words/links.ts';
import { openLink } from './guard.ts';

type Role = NonNullable<MenuItemConstructorOptions['role']>;

const separator: MenuItemConstructorOptions = { type: 'separator' };

/** `isMac`: there the first menu is the program's own, with what the system puts into it. */
export function menuTemplate({ desktop }: Sentences, isMac: boolean): MenuItemConstructorOptions[] {
  const { menu } = desktop;
  const item = (role: Role, label: string): MenuItemConstructorOptions => ({ role, label });
  const link = (label: string, url: string): MenuItemConstructorOptions => ({
    label,
    click: () => openLink(url),
  });
  const about = item('about', menu.about);
  const own = [item('services', menu.services), separator, item('hide', menu.hide), separator];
  return [
    { label: 'Riacho', submenu: [about, separator, ...(isMac ? own : []), item('quit', menu.quit)] },
    {
      label: menu.edit,
      submenu: [
        item('undo', menu.undo),
        item('redo', menu.redo),
        separator,
        item('cut', menu.cut),
        item('copy', menu.copy),
        item('paste', menu.paste),
        item('selectAll', menu.selectAll),
      ],
    },
    {
      label: menu.view,
      submenu: [
        item('reload', menu.reload),
        separator,
        item('resetZoom', menu.resetZoom),
        item('zoomIn', menu.zoomIn),
        item('zoomOut', menu.zoomOut),
        separator,
        item('togglefullscreen', menu.fullScreen),
        ...(app.isPackaged ? [] : [item('toggleDevTools', menu.developerTools)]),
      ],
    },
    { label: menu.window, submenu: [item('minimize', menu.minimize), item('close', menu.close)] },
    {
      label: menu.help,
      role: 'help',
      submenu: [
        link(menu.kafka, links.kafka),
        link(menu.cassandra, links.cassandra),
        link(menu.randomuser, links.randomuser),
      ],
    },
  ];
}

export function showMenu(sentences: Sentences): void {
  app.setAboutPanelOptions({
    applicationName: 'Riacho',
    applicationVersion: app.getVersion(),
    credits: sentences.desktop.about,
    copyright: 'Apache License 2.0',
  });
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(sentences, process.platform === 'darwin')));
}
