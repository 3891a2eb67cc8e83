import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, lstat, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { claimSocket, dial, socketPath } from './endpoint.ts';

const folder = await mkdtemp(join(tmpdir(), 'riacho-sock-'));
const servers: Server[] = [];

function newServer(): Server {
  const server = createServer((socket) => socket.destroy());
  servers.push(server);
  return server;
}

/** A socket whose owner was killed while it listened. */
async function staleSocket(name: string): Promise<string> {
  const path = join(folder, name);
  const script = `require('node:net').createServer().listen(process.argv[1], () => console.log('on'))`;
  const owner = spawn(process.execPath, ['-e', script, path], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(owner.stdout, 'data');
  owner.kill('SIGKILL');
  await once(owner, 'exit');
  expect((await lstat(path)).isSocket()).toBe(true);
  expect(await dial(path)).toBeUndefined();
  return path;
}

async function isAnswered(path: string): Promise<boolean> {
  const socket = await dial(path);
  socket?.destroy();
  return socket !== undefined;
}

describe('claiming the socket', () => {
  afterAll(async () => {
    for (const server of servers) server.close();
    await rm(folder, { recursive: true });
  });

  it('takes a free one, and leaves one that is answered alone', async () => {
    const path = join(folder, 'a.sock');
    expect(await claimSocket(newServer(), path)).toBe(true);
    expect(await claimSocket(newServer(), path)).toBe(false);
    expect(await isAnswered(path)).toBe(true);
  });

  it('takes over a stale one', async () => {
    const path = await staleSocket('b.sock');
    expect(await claimSocket(newServer(), path)).toBe(true);
    expect(await isAnswered(path)).toBe(true);
    await expect(access(`${path}.gate`)).rejects.toThrow('ENOENT');
  });

  it('is won by exactly one of many that find it stale at once', async () => {
    const path = await staleSocket('c.sock');
    const claims = await Promise.all(Array.from({ length: 20 }, () => claimSocket(newServer(), path)));
    expect(claims.filter(Boolean)).toHaveLength(1);
    expect(await isAnswered(path)).toBe(true);
  });

  it('is not stopped by the gate of a process that was killed in it', async () => {
    const path = await staleSocket('d.sock');
    const dead = spawn('true');
    await once(dead, 'exit');
    await writeFile(`${path}.gate`, String(dead.pid));
    expect(await claimSocket(newServer(), path)).toBe(true);
  });
});

describe('the place of the socket', () => {
  it('is the data folder', async () => {
    expect(await socketPath('/home/ana/.local/share/riacho')).toBe(
      '/home/ana/.local/share/riacho/supervisor.sock',
    );
  });

  it('is a short private one where that path is too long for a socket, another for each folder', async () => {
    const long = join(folder, 'x'.repeat(100));
    const path = await socketPath(long);
    expect(Buffer.byteLength(path)).toBeLessThanOrEqual(100);
    expect((await lstat(dirname(path))).mode & 0o777).toBe(0o700);
    expect(await socketPath(`${long}y`)).not.toBe(path);
  });
});
