// Which of several places is taken: asked of real sockets that answer as an engine does, as something else, or not
// at all. The real engine and TLS are tried in tests/docker.
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createSocketServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { EnginePlace } from './engine-places.ts';
import { openDocker } from './find-engine.ts';

const folder = await mkdtemp(join(tmpdir(), 'riacho-docker-'));
const closing: (() => void)[] = [];
afterAll(async () => {
  for (const close of closing) close();
  await rm(folder, { recursive: true });
});

const known = (name: string): EnginePlace => ({ address: `unix://${join(folder, name)}`, isChosen: false });
const chosen = (name: string): EnginePlace => ({ ...known(name), isChosen: true });

async function engine(name: string, answer: RequestListener): Promise<EnginePlace> {
  const server = createServer(answer).listen(join(folder, name));
  await once(server, 'listening');
  closing.push(() => server.close());
  return known(name);
}

/** Root may use every socket, so it does `work` as a user without rights. */
async function asNobody(work: () => Promise<void>): Promise<void> {
  const isRoot = process.geteuid?.() === 0;
  if (isRoot) process.seteuid?.(65_534);
  try {
    await work();
  } finally {
    if (isRoot) process.seteuid?.(0);
  }
}

const versions =
  (Version: string, ApiVersion: string): RequestListener =>
  (asked, response) =>
    response.end(asked.url === '/_ping' ? 'OK' : JSON.stringify({ Version, ApiVersion, Os: 'linux' }));

const good = await engine('good.sock', versions('27.1.0', '1.46'));

describe('Docker', () => {
  it('is the first place that answers, and is spoken to there', async () => {
    const second = await engine('second.sock', versions('28.0.0', '1.48'));
    const silent = await engine('refuses.sock', (_asked, response) => void response.writeHead(403).end('no'));
    const opened = await openDocker([known('none.sock'), silent, good, second]);
    expect(opened).toMatchObject({ address: good.address, version: '27.1.0', apiVersion: '1.46' });
    expect(await opened.docker.version()).toMatchObject({ Version: '27.1.0' });
  });

  it('is reached over a port, whatever DOCKER_HOST says to dockerode', async () => {
    const server = createServer(versions('27.1.0', '1.46')).listen(0, '127.0.0.1');
    await once(server, 'listening');
    closing.push(() => server.close());
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const place = { address: `tcp://127.0.0.1:${port}`, isChosen: true };
    const before = process.env['DOCKER_HOST'];
    process.env['DOCKER_HOST'] = 'tcp://127.0.0.1:1';
    try {
      const [over, under] = [await openDocker([place]), await openDocker([good])];
      expect(await over.docker.version()).toMatchObject({ Version: '27.1.0' });
      expect(await under.docker.version()).toMatchObject({ Version: '27.1.0' });
    } finally {
      if (before === undefined) delete process.env['DOCKER_HOST'];
      else process.env['DOCKER_HOST'] = before;
    }
  });

  it('is missing where nothing is at any of the known places', async () => {
    const detail = `${folder}/a.sock, ${folder}/b.sock`;
    const looking = openDocker([known('a.sock'), known('b.sock')]);
    await expect(looking).rejects.toMatchObject({ code: 'DOCKER_MISSING', params: { detail } });
  });

  it('is not running where a person says it is, and nothing is there', async () => {
    const params = { address: chosen('none.sock').address, detail: 'ENOENT' };
    const looking = openDocker([chosen('none.sock'), known('other.sock')]);
    await expect(looking).rejects.toMatchObject({ code: 'DOCKER_NOT_RUNNING', params });
  });

  it.each([
    ['forbids.sock', 403, 'no', 'HTTP 403'],
    ['page.sock', 200, '<html>', expect.stringContaining('JSON')],
    ['other-api.sock', 200, '{"Version": "1"}', expect.stringContaining('ApiVersion')],
    ['endless.sock', 200, 'x'.repeat(100_000), 'too long'],
  ])('is not what %s is', async (name, status, text, detail) => {
    const place = await engine(name, (_asked, response) => void response.writeHead(status).end(text));
    const params = { address: place.address, detail };
    await expect(openDocker([place])).rejects.toMatchObject({ code: 'DOCKER_NOT_RUNNING', params });
  });

  it('is not spoken to over ssh', async () => {
    const place = { address: 'ssh://ana@host', isChosen: true };
    const params = { address: 'ssh://ana@host', detail: 'ssh?' };
    await expect(openDocker([place])).rejects.toMatchObject({ code: 'DOCKER_NOT_RUNNING', params });
  });

  it('is given up when it does not answer', async () => {
    const server = createSocketServer().listen(join(folder, 'silent.sock'));
    await once(server, 'listening');
    closing.push(() => server.close());
    const startedMs = performance.now();
    const params = { detail: '1000 ms' };
    await expect(openDocker([known('silent.sock')])).rejects.toMatchObject({ params });
    expect(performance.now() - startedMs).toBeLessThan(3_000);
  });

  it('is too old below API 1.41', async () => {
    const params = { version: '19.03.15', wanted: '20.10' };
    const old = await engine('old.sock', versions('19.03.15', '1.40'));
    await expect(openDocker([old])).rejects.toMatchObject({ code: 'DOCKER_TOO_OLD', params });
    const oldest = await engine('oldest.sock', versions('20.10.0', '1.41'));
    expect(await openDocker([oldest])).toMatchObject({ apiVersion: '1.41' });
  });

  it('is denied by its socket', async () => {
    const place = await engine('denied.sock', versions('27.1.0', '1.46'));
    await chmod(folder, 0o755);
    await chmod(join(folder, 'denied.sock'), 0);
    const params = { address: place.address };
    await asNobody(() =>
      expect(openDocker([place])).rejects.toMatchObject({ code: 'DOCKER_DENIED', params }),
    );
  });
});
