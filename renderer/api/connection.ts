// One line to the app, over the window's port or the browser's WebSocket; dials again when it is lost.
// Knows transports only; what is called stands in client.ts.
import { RPCLink as PortLink } from '@orpc/client/message-port';
import { RPCLink as SocketLink } from '@orpc/client/websocket';
import type { ClientLink } from '@orpc/client';
import { createStore, type StoreApi } from 'zustand/vanilla';

export type Link = ClientLink<Record<never, never>>;

export type ConnectionState =
  | { status: 'connecting' }
  | { status: 'open' }
  | { status: 'lost'; since: number };

export interface Connection {
  state: StoreApi<ConnectionState>;
  /** The link as soon as there is one; rejects when `signal` aborts first. */
  link(signal?: AbortSignal): Promise<Link>;
}

const redialMs = 1_000;

interface Dialled {
  link: Link;
  closed: Promise<void>;
}

/** Waits for the port that the preload hands over, again after each loss. */
function dialPort(): () => Promise<Dialled> {
  return () =>
    new Promise((resolve) => {
      const take = (event: MessageEvent): void => {
        const [port] = event.ports;
        if (event.source !== window || event.data !== 'riacho-port' || !port) return;
        window.removeEventListener('message', take);
        port.start();
        resolve({
          link: new PortLink({ port }),
          closed: new Promise((close) => port.addEventListener('close', () => close())),
        });
      };
      window.addEventListener('message', take);
    });
}

function dialSocket(): Promise<Dialled> {
  return new Promise((resolve, reject) => {
    const url = new URL('/rpc', location.href);
    url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
    const websocket = new WebSocket(url);
    const closed = new Promise<void>((close) => websocket.addEventListener('close', () => close()));
    websocket.addEventListener('error', () => reject(new Error('no answer')));
    websocket.addEventListener('open', () => resolve({ link: new SocketLink({ websocket }), closed }));
  });
}

/** Begins to dial at once. In the window a port comes from the preload, elsewhere a WebSocket of the same origin. */
export function openConnection(): Connection {
  const state = createStore<ConnectionState>(() => ({ status: 'connecting' }));
  const dial = location.protocol === 'app:' ? dialPort() : dialSocket;
  let waiting = Promise.withResolvers<Link>();

  async function keep(): Promise<never> {
    for (;;) {
      try {
        const { link, closed } = await dial();
        waiting.resolve(link);
        state.setState({ status: 'open' }, true);
        await closed;
        waiting = Promise.withResolvers<Link>();
      } catch {
        // Nobody answers: said by the state, tried again below.
      }
      if (state.getState().status !== 'lost') state.setState({ status: 'lost', since: Date.now() }, true);
      await new Promise((resolve) => setTimeout(resolve, redialMs));
    }
  }
  void keep();

  return {
    state,
    link(signal) {
      if (!signal) return waiting.promise;
      const aborted = Promise.withResolvers<never>();
      const abort = (): void => aborted.reject(signal.reason);
      if (signal.aborted) abort();
      signal.addEventListener('abort', abort, { once: true });
      return Promise.race([waiting.promise, aborted.promise]).finally(() =>
        signal.removeEventListener('abort', abort),
      );
    },
  };
}
