// Preflight on a real engine: whose ports are taken, whose images are for another machine. A small stack of its own.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readComposeFile } from '../../stack/docker/compose/compose-file.ts';
import type { ComposeFile } from '../../stack/docker/compose/compose-types.ts';
import { openDocker } from '../../stack/docker/engine/find-engine.ts';
import { preflight } from '../../stack/docker/preflight/preflight.ts';
import { docker } from './stack.ts';

const image = 'local/base:1';
const project = `riacho-preflight-${process.pid}`;
const { docker: engine } = await openDocker();

/** A port that nobody has, at least for now. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}

/** Gives the engine an image of one empty layer that says it is for `architecture`. */
async function loadEmptyImage(folder: string, name: string, architecture: string): Promise<void> {
  const layer = Buffer.alloc(1024);
  const digest = createHash('sha256').update(layer).digest('hex');
  const rootfs = { type: 'layers', diff_ids: [`sha256:${digest}`] };
  const parts: Record<string, string | Buffer> = {
    'layer.tar': layer,
    'config.json': JSON.stringify({ architecture, os: 'linux', config: {}, rootfs }),
    'manifest.json': JSON.stringify([{ Config: 'config.json', RepoTags: [name], Layers: ['layer.tar'] }]),
  };
  for (const [part, content] of Object.entries(parts)) await writeFile(join(folder, part), content);
  const archive = join(folder, 'image.tar');
  await promisify(execFile)('tar', ['-cf', archive, '-C', folder, ...Object.keys(parts)]);
  await docker('load', '--input', archive);
}

interface Place {
  folder: string;
  port: number;
  file: ComposeFile;
}

async function makePlace(): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), 'riacho-preflight-'));
  const port = await freePort();
  const path = join(folder, 'compose.yml');
  await writeFile(
    path,
    `name: ${project}
services:
  broker: {image: "${image}", ports: ["127.0.0.1:\${PORT}:9092"], mem_limit: 64m, mem_reservation: 32m}
  cassandra: {image: "${image}"}`,
  );
  return { folder, port, file: await readComposeFile({ path, env: { PORT: String(port) } }) };
}

/** A container that does nothing but hold the port. */
function hold(port: number, ...more: string[]): Promise<string> {
  const options = ['--label', `riacho.test=${project}`, '--publish', `127.0.0.1:${port}:9092`, ...more];
  return docker('run', '--detach', ...options, image, 'sleep', '600');
}

let place: Place;
beforeEach(async () => {
  place = await makePlace();
});
afterEach(async () => {
  const mine = await docker('ps', '--all', '--quiet', '--filter', `label=riacho.test=${project}`);
  if (mine !== '') await docker('rm', '--force', ...mine.split('\n'));
  await rm(place.folder, { recursive: true });
});

const look = (file = place.file) =>
  preflight({ docker: engine, file, profile: 'light', dataDir: place.folder });
const taken = (holder: unknown) => ({
  code: 'SERVICE_PORT_TAKEN',
  params: { service: 'kafka', port: place.port, holder },
});

describe('preflight', () => {
  it('lets a stack start where nothing is in its way', async () => {
    expect(await look()).toEqual({ services: place.file.services, notices: [] });
  });

  it('lets a stack start whose own container holds the port', async () => {
    const label = 'com.docker.compose';
    await hold(place.port, '--label', `${label}.project=${project}`, '--label', `${label}.service=broker`);
    expect(await look()).toMatchObject({ notices: [] });
  });

  it('names another container that holds the port, one of its own stack included', async () => {
    await hold(place.port, '--name', `${project}-stranger`);
    await expect(look()).rejects.toMatchObject(taken(`${project}-stranger`));
    await docker('rm', '--force', `${project}-stranger`);
    const label = 'com.docker.compose';
    const own = ['--label', `${label}.project=${project}`, '--label', `${label}.service=other`];
    await hold(place.port, '--name', `${project}-other`, ...own);
    await expect(look()).rejects.toMatchObject(taken(`${project}-other`));
  });

  it('names a process of this machine that holds the port, and the embedded stack as what it is', async () => {
    const server = createServer().listen(place.port, '127.0.0.1');
    await once(server, 'listening');
    try {
      await expect(look()).rejects.toMatchObject(
        taken(expect.stringMatching(new RegExp(`\\(${process.pid}\\)$`))),
      );
      const services = [{ name: 'kafka', address: `127.0.0.1:${place.port}` }];
      const stack = { pid: process.pid, socket: '', started: '', services };
      await writeFile(join(place.folder, 'stack.json'), JSON.stringify(stack));
      await expect(look()).rejects.toMatchObject(taken('embedded stack'));
    } finally {
      server.close();
    }
  });

  it('is refused where even the least memory is not there', async () => {
    const services = place.file.services.map((one) => ({ ...one, memoryReservationBytes: 1024 ** 5 }));
    await expect(look({ ...place.file, services })).rejects.toMatchObject({ code: 'NOT_ENOUGH_MEMORY' });
  });

  it('says which service is left out for want of memory', async () => {
    const services = place.file.services.map((one) =>
      one.name === 'cassandra' ? { ...one, memoryBytes: 1024 ** 4, memoryReservationBytes: 1024 ** 4 } : one,
    );
    const { services: rest, notices } = await look({ ...place.file, services });
    expect(rest.map(({ name }) => name)).toEqual(['broker']);
    const found = expect.any(Number);
    expect(notices).toEqual([{ kind: 'left-out', service: 'cassandra', wanted: 1024, found }]);
  });

  it('says whose image is for another processor, and nothing of one that is still to be pulled', async () => {
    const [wanted, found] = process.arch === 'arm64' ? ['arm64', 'amd64'] : ['amd64', 'arm64'];
    const foreign = `${project}:foreign`;
    await loadEmptyImage(place.folder, foreign, found);
    try {
      const services = place.file.services.map((one) =>
        one.name === 'broker' ? { ...one, image: foreign } : { ...one, image: `${project}:none` },
      );
      const { notices } = await look({ ...place.file, services });
      expect(notices).toEqual([{ kind: 'emulated', service: 'kafka', wanted, found }]);
    } finally {
      await docker('rmi', foreign);
    }
  });
});
