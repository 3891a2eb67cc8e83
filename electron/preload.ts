// Hands the page one port to the app, and nothing else: no function, no module, no value of this world.
import { ipcRenderer } from 'electron';

// The page's window, as far as it is used here: this room has no DOM.
declare const window: {
  addEventListener(type: 'load', listener: () => void): void;
  postMessage(message: string, origin: string, ports: unknown[]): void;
};

const channel = 'riacho-port';

// By then the page listens. Asking from here, each load of the page brings a port of its own.
window.addEventListener('load', () => ipcRenderer.send(channel));
ipcRenderer.on(channel, (event) => window.postMessage(channel, 'app://riacho', [...event.ports]));
