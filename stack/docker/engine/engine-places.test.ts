// Where docker's own client would look, on every system, with contexts in a real folder.
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { enginePlaces } from './engine-places.ts';

const root = await mkdtemp(join(tmpdir(), 'riacho-places-'));
afterAll(() => rm(root, { recursive: true }));

const idOf = (name: string) => createHash('sha256').update(name).digest('hex');

/** A home with docker's settings and contexts in it. */
async function homeWith(parts: { config?: string; contexts?: Record<string, string> }): Promise<string> {
  const homeDir = await mkdtemp(join(root, 'home-'));
  for (const [name, meta] of Object.entries(parts.contexts ?? {})) {
    const folder = join(homeDir, '.docker/contexts/meta', idOf(name));
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'meta.json'), meta);
  }
  await mkdir(join(homeDir, '.docker'), { recursive: true });
  if (parts.config !== undefined) await writeFile(join(homeDir, '.docker/config.json'), parts.config);
  return homeDir;
}

const metaOf = (Host: string) => JSON.stringify({ Name: 'n', Metadata: {}, Endpoints: { docker: { Host } } });
const linux = { platform: 'linux', env: {} } as const;

describe('places of Docker', () => {
  it('are the known sockets where nothing is chosen', async () => {
    const homeDir = await homeWith({});
    const places = await enginePlaces({ ...linux, homeDir, env: { XDG_RUNTIME_DIR: '/run/user/7' } });
    expect(places.map(({ address }) => address)).toEqual([
      'unix:///var/run/docker.sock',
      `unix://${homeDir}/.docker/run/docker.sock`,
      `unix://${homeDir}/.docker/desktop/docker.sock`,
      'unix:///run/user/7/docker.sock',
      `unix://${homeDir}/.orbstack/run/docker.sock`,
      `unix://${homeDir}/.colima/default/docker.sock`,
      `unix://${homeDir}/.rd/docker.sock`,
      'unix:///run/user/7/podman/podman.sock',
      'unix:///run/podman/podman.sock',
      `unix://${homeDir}/.local/share/containers/podman/machine/podman.sock`,
    ]);
    expect(places.map(({ isChosen }) => isChosen)).not.toContain(true);
  });

  it('are the pipes on Windows', async () => {
    const homeDir = await homeWith({ config: '{"currentContext": "default"}' });
    expect(await enginePlaces({ platform: 'win32', env: {}, homeDir })).toEqual([
      { address: 'npipe:////./pipe/docker_engine', isChosen: false },
      { address: 'npipe:////./pipe/dockerDesktopLinuxEngine', isChosen: false },
    ]);
  });

  it('are DOCKER_HOST alone where it is set, whatever else is', async () => {
    const homeDir = await homeWith({
      config: '{"currentContext": "c"}',
      contexts: { c: metaOf('unix:///c') },
    });
    const env = { DOCKER_HOST: 'tcp://h:2375', DOCKER_CONTEXT: 'c' };
    expect(await enginePlaces({ ...linux, homeDir, env })).toEqual([
      { address: 'tcp://h:2375', isChosen: true },
    ]);
  });

  it('are secured where DOCKER_TLS_VERIFY says so', async () => {
    const env = { DOCKER_HOST: 'tcp://h:2376', DOCKER_TLS_VERIFY: '1' };
    const place = { address: 'tcp://h:2376', isChosen: true };
    expect(await enginePlaces({ ...linux, homeDir: '/home/a', env })).toEqual([
      { ...place, tlsFolder: '/home/a/.docker' },
    ]);
    const certs = { ...env, DOCKER_CERT_PATH: '/certs' };
    expect(await enginePlaces({ ...linux, homeDir: '/home/a', env: certs })).toEqual([
      { ...place, tlsFolder: '/certs' },
    ]);
  });

  it('are the context that DOCKER_CONTEXT names alone', async () => {
    const homeDir = await homeWith({ contexts: { c: metaOf('unix:///c.sock') } });
    expect(await enginePlaces({ ...linux, homeDir, env: { DOCKER_CONTEXT: 'c' } })).toEqual([
      { address: 'unix:///c.sock', isChosen: true },
    ]);
  });

  it('are none where DOCKER_CONTEXT names one that is not there', async () => {
    const homeDir = await homeWith({});
    const params = { address: 'DOCKER_CONTEXT=gone', detail: `${homeDir}/.docker` };
    const looking = enginePlaces({ ...linux, homeDir, env: { DOCKER_CONTEXT: 'gone' } });
    await expect(looking).rejects.toMatchObject({ code: 'DOCKER_NOT_RUNNING', params });
  });

  it('begin with the context of docker’s settings, each only once', async () => {
    const homeDir = await homeWith({
      config: '{"auths": {}, "currentContext": "orbstack"}',
      contexts: { orbstack: metaOf('unix:///var/run/docker.sock') },
    });
    const [first, ...others] = await enginePlaces({ ...linux, homeDir });
    expect(first).toEqual({ address: 'unix:///var/run/docker.sock', isChosen: true });
    expect(others.map(({ address }) => address)).not.toContain(first?.address);
  });

  it('take the keys of a context that is reached by tcp', async () => {
    const homeDir = await homeWith({
      config: '{"currentContext": "far"}',
      contexts: { far: metaOf('tcp://f:1') },
    });
    const [first] = await enginePlaces({ ...linux, homeDir });
    expect(first?.tlsFolder).toBe(`${homeDir}/.docker/contexts/tls/${idOf('far')}/docker`);
  });

  it.each([
    ['settings that are no JSON', { config: '{' }],
    ['a context that is gone', { config: '{"currentContext": "gone"}' }],
    [
      'a context without an address',
      { config: '{"currentContext": "k"}', contexts: { k: '{"Endpoints": {}}' } },
    ],
  ])('are the known ones for %s', async (_what, parts) => {
    const [first] = await enginePlaces({ ...linux, homeDir: await homeWith(parts) });
    expect(first).toEqual({ address: 'unix:///var/run/docker.sock', isChosen: false });
  });
});
