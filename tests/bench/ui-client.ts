// A client of a `serve` in a process of its own, let in by its link as a browser is.
import { once } from 'node:events';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { WebSocket } from 'ws';
import type { contract } from '../../contract/contract.ts';

export interface ServedClient {
  client: ContractRouterClient<typeof contract>;
  /** `name=value`, for a browser that is to be let in too. */
  cookie: { name: string; value: string };
  close(): void;
}

/** Uses up the link's token. */
export async function openServedClient(url: string): Promise<ServedClient> {
  const { origin } = new URL(url);
  const answer = await fetch(url, { redirect: 'manual' });
  const [pair = ''] = (answer.headers.get('set-cookie') ?? '').split(';');
  const [name = '', value = ''] = pair.split('=');
  const websocket = new WebSocket(`${origin.replace('http', 'ws')}/rpc`, {
    headers: { cookie: pair, origin },
  });
  await once(websocket, 'open');
  // The two kinds of WebSocket differ in what the link does not use.
  const link = new RPCLink({ websocket: websocket as unknown as globalThis.WebSocket });
  return {
    client: createORPCClient(link),
    cookie: { name, value },
    close: () => websocket.close(),
  };
}
