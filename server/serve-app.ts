// The host for a browser: the built page and the contract over a WebSocket, on this machine only.
// Decides who is let in; what is called stands behind the router that it is given.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { contentSecurityPolicy, guardHeaders, openPage, type Page } from '../app/page.ts';
import { RiachoError } from '../words/errors.ts';
import { Admission, isOwnHost, isOwnOrigin } from './admission.ts';
import { refusalPage } from './refusal.ts';
import { openSockets, rpcPath, type AnyRouter, type Sockets } from './sockets.ts';

export interface ServeOptions {
  /** Any router of the contract. */
  router: AnyRouter;
  /** The folder of the built page. */
  staticDir: string;
  /** Without it any that is free. */
  port?: number;
}

export interface Serving {
  /** Where a browser gets in, once. */
  url: string;
  /** Ends every connection; resolves when the port is free. */
  close(): Promise<void>;
}

const address = '127.0.0.1';

/** Rejects with `PAGE_NOT_BUILT` or `PORT_TAKEN`. */
export async function serveApp({ router, staticDir, port = 0 }: ServeOptions): Promise<Serving> {
  const server = createServer();
  const ownPort = await listen(server, port);
  const page = await openPage(staticDir, `ws://${address}:${ownPort} ws://localhost:${ownPort}`).catch(
    (error: unknown) => {
      server.close();
      throw error;
    },
  );
  const admission = new Admission(ownPort);
  const sockets = openSockets(router);
  server.on('request', createAnswerer({ page, admission, port: ownPort }));
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) =>
    upgrade({ request, socket, head }, { sockets, admission, port: ownPort }),
  );
  return {
    url: `http://${address}:${ownPort}/?token=${admission.token}`,
    async close() {
      const closed = once(server, 'close');
      server.close();
      sockets.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function listen(server: Server, port: number): Promise<number> {
  try {
    server.listen({ port, host: address });
    await once(server, 'listening');
  } catch (error) {
    const detail = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new RiachoError('PORT_TAKEN', { port, detail }, error);
  }
  const bound = server.address();
  return typeof bound === 'object' && bound ? bound.port : port;
}

interface Door {
  page: Page;
  admission: Admission;
  port: number;
}

function createAnswerer({ page, admission, port }: Door) {
  const zipped = new Map<string, Buffer>();
  return (request: IncomingMessage, response: ServerResponse): void => {
    const { headers, method } = request;
    if (method !== 'GET' && method !== 'HEAD') {
      response.writeHead(405, { ...guardHeaders, Allow: 'GET, HEAD' }).end();
      return;
    }
    if (!isOwnHost(headers, port) || (headers.origin !== undefined && !isOwnOrigin(headers, port))) {
      refuse(response);
      return;
    }
    const [path = '/', query = ''] = (request.url ?? '/').split('?');
    const token = new URLSearchParams(query).get('token');
    if (token !== null && (admission.admits(headers) || admission.redeem(token))) {
      // Away with the token: what stays in the address bar, and in the history, opens nothing.
      response.writeHead(303, { ...guardHeaders, Location: '/', 'Set-Cookie': admission.setCookie }).end();
      return;
    }
    if (!admission.admits(headers)) {
      refuse(response);
      return;
    }
    const answer = page.answer(path);
    const takesGzip = /\bgzip\b/.test(String(headers['accept-encoding'] ?? ''));
    const isText = /^(text|image\/svg|application\/json)/.test(answer.headers['Content-Type'] ?? '');
    let body: Buffer = answer.body;
    if (takesGzip && isText) {
      body = zipped.get(path) ?? gzipSync(answer.body);
      if (answer.isFixed && answer.status === 200) zipped.set(path, body);
    }
    response
      .writeHead(answer.status, {
        ...answer.headers,
        'Content-Length': body.byteLength,
        ...(isText && { Vary: 'Accept-Encoding' }),
        ...(takesGzip && isText && { 'Content-Encoding': 'gzip' }),
      })
      .end(method === 'HEAD' ? undefined : body);
  };
}

function refuse(response: ServerResponse): void {
  response
    .writeHead(403, {
      ...guardHeaders,
      'Content-Security-Policy': contentSecurityPolicy(''),
      'Content-Type': 'text/html; charset=utf-8',
      'Cache-Control': 'no-store',
    })
    .end(refusalPage);
}

interface Knock {
  request: IncomingMessage;
  socket: Duplex;
  head: Buffer;
}

/** A WebSocket is not bound to its page's origin by the browser, so cookie, Origin and Host are asked for here. */
function upgrade(
  { request, socket, head }: Knock,
  { sockets, admission, port }: { sockets: Sockets; admission: Admission; port: number },
): void {
  const { headers, url } = request;
  socket.on('error', () => undefined);
  if (
    url === rpcPath &&
    isOwnHost(headers, port) &&
    isOwnOrigin(headers, port) &&
    headers.origin === `http://${headers.host}` &&
    admission.admits(headers)
  ) {
    sockets.accept(request, socket, head);
    return;
  }
  socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
}
