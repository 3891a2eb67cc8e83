// Whether Docker is here: asked of real sockets that answer as an engine does, as something else, or not at all.
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createSocketServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { askDocker } from './docker.ts';

const folder = await mkdtemp(join(tmpdir(), 'riacho-docker-'));
const closing: (() => void)[] = [];
afterAll(async () => {
  for (const close of closing) close();
  await rm(folder, { recursive: true });
});

async function engine(name: string, answer: RequestListener): Promise<string> {
  const path = join(folder, name);
  const server = createServer(answer).listen(path);
  await once(server, 'listening');
  closing.push(() => server.close());
  return `unix://${path}`;
}

describe('docker', () => {
  it('tells its version at its socket, or at an address', async () => {
    const answer: RequestListener = (asked, response) =>
      response.end(asked.url === '/_ping' ? 'OK' : '{"Version":"28.1.0","Os":"linux"}');
    expect(await askDocker(await engine('good.sock', answer))).toBe('28.1.0');
    const server = createServer(answer).listen(0, '127.0.0.1');
    await once(server, 'listening');
    closing.push(() => server.close());
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    expect(await askDocker(`tcp://127.0.0.1:${port}`)).toBe('28.1.0');
  });

  it.each([
    ['refuses.sock', 403, 'no', 'HTTP 403'],
    ['other.sock', 200, '<html>', expect.stringContaining('JSON')],
    ['endless.sock', 200, 'x'.repeat(100_000), 'too long'],
  ])('is not what %s is', async (name, status, text, detail) => {
    const address = await engine(name, (_asked, response) => void response.writeHead(status).end(text));
    const params = { address, detail };
    await expect(askDocker(address)).rejects.toMatchObject({ code: 'DOCKER_NOT_RUNNING', params });
  });

  it('is not running where there is no socket, or none that it could be', async () => {
    const nowhere = `unix://${join(folder, 'none.sock')}`;
    await expect(askDocker(nowhere)).rejects.toMatchObject({
      params: { address: nowhere, detail: 'ENOENT' },
    });
    const params = { address: 'ssh://ana@host', detail: 'DOCKER_HOST' };
    await expect(askDocker('ssh://ana@host')).rejects.toMatchObject({ params });
  });

  it('is given up when it does not answer', async () => {
    const path = join(folder, 'silent.sock');
    const server = createSocketServer().listen(path);
    await once(server, 'listening');
    closing.push(() => server.close());
    const startedMs = performance.now();
    await expect(askDocker(`unix://${path}`)).rejects.toMatchObject({ params: { detail: '1000 ms' } });
    expect(performance.now() - startedMs).toBeLessThan(3_000);
  });
});
