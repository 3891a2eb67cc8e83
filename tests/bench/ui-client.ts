// The real program as `serve` in a process of its own, and a client that its link let in as a browser is.
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { WebSocket } from 'ws';
import type { contract } from '../../contract/contract.ts';
import { startCli } from '../integration/lab.ts';

export interface Program {
  client: ContractRouterClient<typeof contract>;
  origin: string;
  /** For a browser that is to be let in too. */
  cookie: { name: string; value: string };
  /** Ends the program, and removes what it wrote. */
  close(): Promise<void>;
}

/** Starts it on a fresh data folder. */
export async function openProgram(): Promise<Program> {
  const folder = await mkdtemp(join(tmpdir(), 'riacho-bench-ui-'));
  const program = startCli(['serve', '--json', '--data-dir', join(folder, 'data')]);
  const { url } = await program.event(({ event }) => event === 'serving');
  const served = await openServedClient(String(url));
  return {
    ...served,
    async close() {
      served.close();
      program.process.kill('SIGINT');
      await program.ended;
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Uses up the link's token. */
async function openServedClient(url: string): Promise<Omit<Program, 'close'> & { close: () => void }> {
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
    origin,
    cookie: { name, value },
    close: () => websocket.close(),
  };
}
