// The lines that carry the contract, opened as a host and its page open them: a WebSocket to the real server, and a
// port like the window's. Each can be dialled again, and can be lost.
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { createORPCClient } from '@orpc/client';
import { RPCLink as PortLink } from '@orpc/client/message-port';
import { RPCLink as SocketLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { RPCHandler as PortHandler } from '@orpc/server/message-port';
import { WebSocket } from 'ws';
import type { contract } from '../../contract/contract.ts';
import { serveApp } from '../../server/serve-app.ts';
import type { AnyRouter } from '../../server/sockets.ts';

export type Client = ContractRouterClient<typeof contract>;

/** One client's line. */
export interface Line {
  client: Client;
  /** Goes away as a page does that is closed or crashes: without a word. */
  vanish: () => Promise<void>;
}

/** A host that serves one router to whoever dials. */
export interface Host {
  dial: () => Promise<Line>;
  close(): Promise<void>;
}

export async function webSocketHost(router: AnyRouter): Promise<Host> {
  const staticDir = await mkdtemp(join(tmpdir(), 'riacho-line-'));
  await writeFile(join(staticDir, 'index.html'), 'page');
  const serving = await serveApp({ router, staticDir });
  const { origin, host } = new URL(serving.url);
  const entered = await fetch(serving.url, { redirect: 'manual' });
  const [cookie = ''] = (entered.headers.get('set-cookie') ?? '').split(';');
  return {
    async dial() {
      const websocket = new WebSocket(`ws://${host}/rpc`, { headers: { cookie, origin } });
      // What the client's link reads; in a browser it reads a Blob.
      websocket.binaryType = 'arraybuffer';
      await once(websocket, 'open');
      return {
        client: createORPCClient(new SocketLink({ websocket: websocket as unknown as globalThis.WebSocket })),
        async vanish() {
          if (websocket.readyState === WebSocket.CLOSED) return;
          websocket.terminate();
          await once(websocket, 'close');
        },
      };
    },
    async close() {
      await serving.close();
      await rm(staticDir, { recursive: true });
    },
  };
}

export async function portHost(router: AnyRouter): Promise<Host> {
  const handler = new PortHandler(router);
  return {
    async dial() {
      const { port1, port2 } = new MessageChannel();
      handler.upgrade(port1, { context: {} });
      port1.start();
      port2.start();
      return {
        client: createORPCClient(new PortLink({ port: port2 })),
        async vanish() {
          const closed = once(port1, 'close');
          port2.close();
          await closed;
        },
      };
    },
    close: async () => undefined,
  };
}
