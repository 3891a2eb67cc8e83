// Who gets a line to the app: each load of our page, in our window, and nobody else. What goes over it is transport.ts's.
import { ipcMain, MessageChannelMain, type IpcMainEvent, type MessagePortMain } from 'electron';
import { isPageUrl } from './scheme.ts';

const channel = 'riacho-port';

/** Whether it is our page, and not a frame within it, that asks. */
export function isOwnFrame(frame: IpcMainEvent['senderFrame']): boolean {
  return frame !== null && frame.parent === null && isPageUrl(frame.url);
}

/** Gives a port to each page that asks; what is called before `serving` is there waits in the port. */
export function givePorts(serving: Promise<(port: MessagePortMain) => void>): void {
  ipcMain.on(channel, ({ senderFrame }) => {
    if (!senderFrame || !isOwnFrame(senderFrame)) return;
    const { port1, port2 } = new MessageChannelMain();
    senderFrame.postMessage(channel, null, [port2]);
    void serving.then(
      (serve) => serve(port1),
      () => port1.close(),
    );
  });
}
