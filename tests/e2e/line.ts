// The line between a browser and a server of this process, to be cut as a network is: the server knows nothing of it.
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';

export interface Line {
  /** Ends every connection, and each new one at once. */
  cut(): void;
  mend(): void;
  /** Watches no longer. */
  close(): void;
}

/** Node tells of every socket that a server of this process accepts. Source: nodejs.org, diagnostics_channel. */
const channel = 'net.server.socket';

/** Of the server that listens at `port`; to be made before the first connection. */
export function lineTo(port: number): Line {
  const sockets = new Set<Socket>();
  const state = { isCut: false };
  const take = (message: unknown): void => {
    const { socket } = message as { socket: Socket };
    if (socket.localPort !== port) return;
    if (state.isCut) {
      socket.destroy();
      return;
    }
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  };
  subscribe(channel, take);
  return {
    cut() {
      state.isCut = true;
      for (const socket of sockets) socket.destroy();
    },
    mend() {
      state.isCut = false;
    },
    close: () => void unsubscribe(channel, take),
  };
}
