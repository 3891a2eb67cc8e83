// Who gets in and who does not, asked over real sockets; a small router stands behind the door.
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { os } from '@orpc/server';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { serveApp, type Serving } from './serve-app.ts';
import { payloadMaxBytes } from './sockets.ts';

let folder: string;
let serving: Serving;
let origin: string;
let port: number;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'riacho-serve-'));
  await mkdir(join(folder, 'assets'));
  await writeFile(join(folder, 'index.html'), '<title>Riacho</title>__CSP_NONCE__');
  await writeFile(join(folder, 'assets', 'main-abc.js'), 'go()'.repeat(100));
  serving = await serveApp({ router: { ping: os.handler(() => 'pong') }, staticDir: folder });
  ({ origin, port } = { origin: new URL(serving.url).origin, port: Number(new URL(serving.url).port) });
});
afterEach(async () => {
  await serving.close();
  await rm(folder, { recursive: true });
});

type Headers = Record<string, string>;

/** A request that sets headers which `fetch` forbids; the path goes out as it is. */
async function ask(path: string, headers: Headers = {}, method = 'GET') {
  const asked = request({ host: '127.0.0.1', port, path, headers, method }).end();
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return { status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) };
}

const entry = (): string => serving.url.slice(origin.length);

async function cookieOf(): Promise<string> {
  const { headers } = await ask(entry());
  return headers['set-cookie']?.[0]?.split(';')[0] ?? '';
}

/** How a WebSocket with these headers fares: the status of its refusal, or open. */
async function knock(headers: Headers, path = '/rpc'): Promise<WebSocket | number> {
  const websocket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { headers });
  websocket.on('error', () => undefined);
  return Promise.race([
    once(websocket, 'open').then(() => websocket),
    once(websocket, 'unexpected-response').then(
      ([, response]) => (response as IncomingMessage).statusCode ?? 0,
    ),
  ]);
}

describe('the way in', () => {
  it('is the token once, then the cookie, also after a reload', async () => {
    const first = await ask(entry());
    expect(first.status).toBe(303);
    expect(first.headers.location).toBe('/');
    expect(first.headers['set-cookie']).toEqual([
      expect.stringMatching(new RegExp(`^riacho-${port}=[\\w-]{43}; HttpOnly; SameSite=Strict; Path=/$`)),
    ]);
    const cookie = first.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
    for (const _load of [1, 2]) {
      const page = await ask('/', { cookie });
      expect([page.status, page.body.toString()]).toEqual([200, expect.stringContaining('Riacho')]);
    }
  });

  it('is closed without a token, with a wrong one and with a used one, and the page says so', async () => {
    const used = entry();
    await ask(used);
    for (const path of ['/', '/?token=', '/?token=wrong', used, '/assets/main-abc.js', '/nothing']) {
      const { status, body, headers } = await ask(path);
      expect([path, status]).toEqual([path, 403]);
      expect(body.toString()).toContain('This link does not open Riacho');
      expect(body.toString()).toContain('Este link não abre o Riacho');
      expect(headers['set-cookie']).toBeUndefined();
    }
  });

  it('leads nowhere else, whatever path the token comes with', async () => {
    const { token } = Object.fromEntries(new URL(serving.url).searchParams);
    expect((await ask(`//evil.example/?token=${token}`)).headers.location).toBe('/');
  });

  it('is closed for a wrong cookie, or one of another server', async () => {
    const cookie = await cookieOf();
    const value = cookie.split('=')[1] ?? '';
    for (const wrong of [
      `riacho-${port}=wrong`,
      `riacho-${port + 1}=${value}`,
      `${cookie}x`,
      `riacho-${port}`,
    ]) {
      expect([wrong, (await ask('/', { cookie: wrong })).status]).toEqual([wrong, 403]);
    }
  });

  it('stays open for a browser that is in already and follows the link again', async () => {
    const link = entry();
    const cookie = await cookieOf();
    expect((await ask(link, { cookie })).status).toBe(303);
  });
});

describe('a name of the server that is not ours', () => {
  it.each(['evil.example', '127.0.0.1', '127.0.0.1:1', 'localhost', '[::1]:PORT', 'localhost.evil:PORT'])(
    '%s is refused, whoever asks',
    async (name) => {
      const cookie = await cookieOf();
      const host = name.replace('PORT', String(port));
      expect((await ask('/', { cookie, host })).status).toBe(403);
      expect(await knock({ cookie, host, origin: `http://${host}` })).toBe(403);
      expect(await knock({ cookie, host, origin })).toBe(403);
    },
  );

  it('does not use up the token', async () => {
    expect((await ask(entry(), { host: 'evil.example' })).status).toBe(403);
    expect((await ask(entry())).status).toBe(303);
  });

  it('is not localhost', async () => {
    const cookie = await cookieOf();
    const host = `localhost:${port}`;
    expect((await ask('/', { cookie, host })).status).toBe(200);
    const websocket = await knock({ cookie, host, origin: `http://${host}` });
    expect(websocket).toBeInstanceOf(WebSocket);
  });
});

describe('a page of another origin', () => {
  it.each([
    'http://evil.example',
    'null',
    'https://127.0.0.1:PORT',
    'http://127.0.0.1:1',
    'http://localhost:PORT',
  ])('from %s gets no WebSocket, even with the cookie', async (name) => {
    const cookie = await cookieOf();
    expect(await knock({ cookie, origin: name.replace('PORT', String(port)) })).toBe(403);
  });

  it('gets no file', async () => {
    const cookie = await cookieOf();
    expect((await ask('/', { cookie, origin: 'http://evil.example' })).status).toBe(403);
    expect((await ask('/', { cookie, origin })).status).toBe(200);
  });
});

describe('a WebSocket', () => {
  it('needs cookie and origin, and stands at one path', async () => {
    const cookie = await cookieOf();
    expect(await knock({ origin })).toBe(403);
    expect(await knock({ cookie })).toBe(403);
    expect(await knock({ cookie: `riacho-${port}=wrong`, origin })).toBe(403);
    expect(await knock({ cookie, origin }, '/')).toBe(403);
    expect(await knock({ cookie, origin }, '/rpc/../x')).toBe(403);
    expect(await knock({ cookie, origin })).toBeInstanceOf(WebSocket);
  });

  it.each([payloadMaxBytes + 1, 10 * payloadMaxBytes])(
    'that sends %i bytes at once is closed, and the server goes on',
    async (bytes) => {
      const cookie = await cookieOf();
      const websocket = await knock({ cookie, origin });
      if (typeof websocket === 'number') throw new Error(`refused: ${websocket}`);
      websocket.send(Buffer.alloc(bytes));
      await once(websocket, 'close');
      expect(await knock({ cookie, origin })).toBeInstanceOf(WebSocket);
    },
  );

  it('is closed with the server', async () => {
    const websocket = await knock({ cookie: await cookieOf(), origin });
    if (typeof websocket === 'number') throw new Error(`refused: ${websocket}`);
    const closed = once(websocket, 'close');
    await serving.close();
    await closed;
    await expect(fetch(origin)).rejects.toThrow('fetch failed');
    serving = await serveApp({ router: {}, staticDir: folder });
  });
});

describe('an answer', () => {
  it('tells the browser what a page may not do', async () => {
    const { headers } = await ask('/', { cookie: await cookieOf() });
    expect(headers).toMatchObject({
      'content-security-policy': expect.stringMatching(
        new RegExp(
          `^default-src 'none'; .*connect-src 'self' ws://127.0.0.1:${port} ws://localhost:${port};`,
        ),
      ),
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'permissions-policy': expect.stringContaining('camera=(), '),
      'cache-control': 'no-store',
    });
  });

  it('is packed where the browser takes it', async () => {
    const cookie = await cookieOf();
    const path = '/assets/main-abc.js';
    const plain = await ask(path, { cookie });
    const packed = await ask(path, { cookie, 'accept-encoding': 'br, gzip' });
    expect(packed.headers['content-encoding']).toBe('gzip');
    expect(packed.body.length).toBeLessThan(plain.body.length);
    expect(gunzipSync(packed.body)).toEqual(plain.body);
  });

  it('is refused to whoever wants more than to read', async () => {
    const cookie = await cookieOf();
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
      expect((await ask('/', { cookie }, method)).status).toBe(405);
    }
    const head = await ask('/', { cookie }, 'HEAD');
    expect([head.status, head.body.length]).toEqual([200, 0]);
  });

  it.each([
    '/../package.json',
    '/%2e%2e/package.json',
    '/assets/../../package.json',
    '/..\\x',
    '//etc/passwd',
  ])('never comes from outside of the page: %s', async (path) => {
    expect((await ask(path, { cookie: await cookieOf() })).status).toBe(404);
  });
});

describe('the server', () => {
  it('is heard on this machine only', async () => {
    const outside = Object.values(networkInterfaces())
      .flat()
      .find((address) => address && !address.internal && address.family === 'IPv4');
    const reached = async (host: string): Promise<boolean> => {
      const socket = connect({ host, port });
      const isReached = await Promise.race([
        once(socket, 'connect').then(() => true),
        once(socket, 'close').then(() => false),
      ]).catch(() => false);
      socket.destroy();
      return isReached;
    };
    expect(await reached('127.0.0.1')).toBe(true);
    expect(await reached('127.0.0.2')).toBe(false);
    expect(outside ? await reached(outside.address) : false).toBe(false);
  });

  it('says that its port is taken', async () => {
    await expect(serveApp({ router: {}, staticDir: folder, port })).rejects.toMatchObject({
      code: 'PORT_TAKEN',
      params: { port, detail: 'EADDRINUSE' },
    });
  });

  it('says that there is no page, and leaves no port open', async () => {
    const nowhere = join(folder, 'nowhere');
    await expect(serveApp({ router: {}, staticDir: nowhere })).rejects.toMatchObject({
      code: 'PAGE_NOT_BUILT',
    });
  });

  it('outlives what is no HTTP at all', async () => {
    const socket = connect({ host: '127.0.0.1', port });
    socket.end('\0\x16\x03\x01 nonsense\r\n\r\n');
    expect(await text(socket)).toContain('400 Bad Request');
    expect((await ask('/')).status).toBe(403);
  });
});
