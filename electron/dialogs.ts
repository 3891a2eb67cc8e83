// The system's own dialogs that the desktop shows before or beside its page.
import { dialog, type BrowserWindow, type MessageBoxOptions, type MessageBoxReturnValue } from 'electron';
import type { Fault } from '../words/errors.ts';
import type { Sentences } from '../words/sentences/en.ts';
import type { Choice } from './ending.ts';
import { toldFault } from './words.ts';

const choices: readonly Choice[] = ['stop', 'leave', 'cancel'];

/** Where a dialog stands, and what takes it away unanswered: the app does not end while one is open. */
export interface Stand {
  window: BrowserWindow | undefined;
  signal: AbortSignal;
}

/** What is to become of the stack that would end with the window. */
export async function askToQuit(stand: Stand, { desktop: { quit } }: Sentences): Promise<Choice> {
  const { response } = await show(stand, {
    type: 'question',
    message: quit.question,
    detail: quit.detail,
    buttons: [quit.stop, quit.leave, quit.cancel],
    defaultId: choices.indexOf('stop'),
    cancelId: choices.indexOf('cancel'),
    noLink: true,
  });
  return choices[response] ?? 'cancel';
}

/** Where to save; null when they thought better of it. */
export async function askWhereToSave(window: BrowserWindow, suggested: string): Promise<string | null> {
  const { canceled, filePath } = await dialog.showSaveDialog(window, { defaultPath: suggested });
  return canceled || !filePath ? null : filePath;
}

/** What kept the app from starting; resolves when it was read. */
export async function showFault(stand: Stand, fault: Fault, sentences: Sentences): Promise<void> {
  const { what, next } = toldFault(fault, sentences);
  await show(stand, { type: 'error', title: 'Riacho', message: what, detail: next });
}

function show({ window, signal }: Stand, options: MessageBoxOptions): Promise<MessageBoxReturnValue> {
  const all = { ...options, signal };
  return window ? dialog.showMessageBox(window, all) : dialog.showMessageBox(all);
}
