// An engine that is not there, goes in the middle of things and comes back: seen and mended without another start of
// the app. The engine itself keeps running: what is cut is the way to it.
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openDocker, type OpenedDocker } from '../../stack/docker/engine/find-engine.ts';
import { check, endless, image, serviceOf, smallStack, untilStatus, well, failureOf } from './small-stack.ts';

const nothing = { containers: [], networks: [], volumes: [] };

/** A socket that leads to the engine while it is open. */
interface Way {
  open: () => Promise<OpenedDocker>;
  restore(): Promise<void>;
  cut(): Promise<void>;
}

async function wayToDocker(): Promise<Way> {
  const folder = await mkdtemp(join(tmpdir(), 'riacho-way-'));
  const path = join(folder, 'docker.sock');
  const sockets = new Set<Socket>();
  const servers: Server[] = [];
  const address = (await openDocker()).address.replace('unix://', '');
  const cut = async () => {
    const server = servers.pop();
    if (server === undefined) return;
    const closed = new Promise((resolve) => void server.close(resolve));
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  onTestFinished(async () => {
    await cut();
    await rm(folder, { recursive: true, force: true });
  });
  return {
    open: () => openDocker([{ address: `unix://${path}`, isChosen: true }]),
    async restore() {
      const server = createServer((near) => {
        const far = connect(address);
        for (const socket of [near, far]) {
          sockets.add(socket);
          socket.on('error', () => undefined).on('close', () => [near, far].map((one) => one.destroy()));
        }
        near.pipe(far).pipe(near);
      });
      await new Promise<void>((resolve) => void server.listen(path, resolve));
      servers.push(server);
    },
    cut,
  };
}

function labOf(kafka: string): string {
  return `
  broker:
    image: ${image}
    networks: [net]
    command: ${kafka}
    healthcheck: ${check}
    volumes: ['data:/data']
  cassandra:
    image: ${image}
    networks: [net]
    command: ${well}
    healthcheck: ${check}
`;
}

it('is a stopped stack without an engine, says why it cannot start, and starts once there is one', async () => {
  const way = await wayToDocker();
  const stack = await smallStack(labOf(well), { volumes: ['data'] });
  const engine = stack.another({ open: way.open });
  const { frame } = await engine.next(0);
  expect(frame.stack).toBe('stopped');
  expect(frame.services.map(({ name, state }) => [name, state])).toEqual([
    ['kafka', 'stopped'],
    ['cassandra', 'stopped'],
  ]);
  await expect(engine.up({ leaveRunning: false })).rejects.toThrow('DOCKER_NOT_RUNNING');
  await engine.down();
  await expect(engine.reset()).rejects.toThrow('DOCKER_NOT_RUNNING');
  await way.restore();
  expect((await engine.up({ leaveRunning: false })).stack).toBe('healthy');
  await engine.close();
  expect((await stack.leftovers()).containers).toEqual([]);
});

it('is unwell while the engine is away, and well again when it is back', async () => {
  const way = await wayToDocker();
  await way.restore();
  const stack = await smallStack(labOf(well), { volumes: ['data'] });
  const engine = stack.another({ open: way.open });
  await engine.up({ leaveRunning: false });
  await way.cut();
  const away = await untilStatus(engine, (status) => status.stack === 'unhealthy');
  expect(serviceOf(away, 'kafka')).toMatchObject({
    state: 'unhealthy',
    fault: { code: 'DOCKER_NOT_RUNNING', params: { address: expect.stringContaining('docker.sock') } },
  });
  await expect(engine.addresses()).rejects.toThrow('STACK_NOT_RUNNING');
  expect(await engine.readLog?.('kafka', 10)).toBeUndefined();
  expect(await engine.readUsage?.()).toEqual(new Map());
  await way.restore();
  const back = await untilStatus(engine, (status) => status.stack === 'healthy');
  expect(serviceOf(back, 'kafka')?.fault).toBeUndefined();
  await engine.close();
});

it('says that the engine went in the middle of a start, and takes back what was made when it returns', async () => {
  const way = await wayToDocker();
  await way.restore();
  const stack = await smallStack(labOf(endless), { volumes: ['data'] });
  const engine = stack.another({ open: way.open });
  const failing = failureOf(engine.up({ leaveRunning: false }));
  await untilStatus(engine, (status) => serviceOf(status, 'kafka')?.step?.kind === 'answering');
  await way.cut();
  expect(await failing).toMatchObject({ code: 'DOCKER_NOT_RUNNING' });
  expect((await engine.next(0)).frame.stack).toBe('unhealthy');
  expect((await stack.leftovers()).containers).not.toEqual([]);
  await way.restore();
  await untilStatus(engine, (status) => status.stack === 'stopped');
  expect(await stack.leftovers()).toEqual(nothing);
  await engine.close();
});
