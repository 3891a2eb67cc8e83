// The contract over WebSocket: serves a router to each connection that was let in. Asks nobody who they are.
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { RPCHandler } from '@orpc/server/ws';
import { WebSocketServer } from 'ws';

/** Any router that needs no context of a call. */
export type AnyRouter = ConstructorParameters<typeof RPCHandler<Record<never, never>>>[0];

export const rpcPath = '/rpc';

/** The largest message a client may send: a mended letter of 1 MiB as JSON, and some room. */
export const payloadMaxBytes = 2 * 1024 * 1024;

export interface Sockets {
  /** Makes a WebSocket of the connection and serves it until it ends. */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Ends all of them at once; each client sees it and dials again. */
  close(): void;
}

export function openSockets(router: AnyRouter): Sockets {
  const handler = new RPCHandler(router);
  const server = new WebSocketServer({ noServer: true, maxPayload: payloadMaxBytes });
  return {
    accept(request, socket, head) {
      server.handleUpgrade(request, socket, head, (websocket) => {
        // Too large a message, or none at all: `ws` ends the connection, and there is nobody to tell.
        websocket.on('error', () => undefined);
        void handler.upgrade(websocket, { context: {} });
      });
    },
    close() {
      for (const client of server.clients) client.terminate();
      server.close();
    },
  };
}
