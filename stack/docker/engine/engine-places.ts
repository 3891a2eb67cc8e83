// Where a Docker engine may be on a machine, best first, as docker's own client looks for it. Asks no engine.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { RiachoError } from '../../../words/errors.ts';

/** What decides where to look. */
export interface EngineWorld {
  env: Readonly<Record<string, string | undefined>>;
  homeDir: string;
  platform: NodeJS.Platform;
}

export interface EnginePlace {
  /** `unix:///var/run/docker.sock`, `npipe:////./pipe/docker_engine`, `tcp://host:2376` */
  address: string;
  /** A person has chosen it: that nothing is there does not mean that there is no Docker. */
  isChosen: boolean;
  /** Folder of ca.pem, cert.pem and key.pem. */
  tlsFolder?: string;
}

const config = z.object({ currentContext: z.string().optional() });
const contextMeta = z.object({ Endpoints: z.object({ docker: z.object({ Host: z.string() }) }) });

function knownAddresses({ env, homeDir, platform }: EngineWorld): string[] {
  if (platform === 'win32')
    return ['npipe:////./pipe/docker_engine', 'npipe:////./pipe/dockerDesktopLinuxEngine'];
  const runtimeDir = env['XDG_RUNTIME_DIR'];
  return [
    '/var/run/docker.sock',
    `${homeDir}/.docker/run/docker.sock`,
    `${homeDir}/.docker/desktop/docker.sock`,
    ...(runtimeDir ? [`${runtimeDir}/docker.sock`] : []),
    `${homeDir}/.orbstack/run/docker.sock`,
    `${homeDir}/.colima/default/docker.sock`,
    `${homeDir}/.rd/docker.sock`,
    ...(runtimeDir ? [`${runtimeDir}/podman/podman.sock`] : []),
    '/run/podman/podman.sock',
    `${homeDir}/.local/share/containers/podman/machine/podman.sock`,
  ].map((path) => `unix://${path}`);
}

/** What a file holds that fits `schema`; undefined where it is missing or holds something else. */
async function readJson<T>(path: string, schema: z.ZodType<T>): Promise<T | undefined> {
  try {
    return schema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return undefined;
  }
}

/** The engine of a context that `docker context create` has made. */
async function placeOfContext(folder: string, name: string): Promise<EnginePlace | undefined> {
  const id = createHash('sha256').update(name).digest('hex');
  const meta = await readJson(`${folder}/contexts/meta/${id}/meta.json`, contextMeta);
  if (meta === undefined) return undefined;
  const address = meta.Endpoints.docker.Host;
  const tlsFolder = `${folder}/contexts/tls/${id}/docker`;
  return { address, isChosen: true, ...(address.startsWith('tcp:') && { tlsFolder }) };
}

/**
 * In the order in which they are to be tried. `DOCKER_HOST` and `DOCKER_CONTEXT` allow no other; the context in
 * docker's settings does, since it often outlives the program that set it.
 * Rejects with `DOCKER_NOT_RUNNING` where `DOCKER_CONTEXT` names none.
 */
export async function enginePlaces(world: EngineWorld): Promise<EnginePlace[]> {
  const { env, homeDir } = world;
  const folder = env['DOCKER_CONFIG'] || `${homeDir}/.docker`;
  const address = env['DOCKER_HOST'];
  if (address) {
    const tlsFolder = env['DOCKER_TLS_VERIFY'] && (env['DOCKER_CERT_PATH'] || folder);
    return [{ address, isChosen: true, ...(tlsFolder && { tlsFolder }) }];
  }
  const known = knownAddresses(world).map((one) => ({ address: one, isChosen: false }));
  const wanted = env['DOCKER_CONTEXT'];
  const name = wanted || (await readJson(`${folder}/config.json`, config))?.currentContext;
  if (!name || name === 'default') return known;
  const place = await placeOfContext(folder, name);
  if (wanted && place === undefined) {
    throw new RiachoError('DOCKER_NOT_RUNNING', { address: `DOCKER_CONTEXT=${name}`, detail: folder });
  }
  if (wanted && place) return [place];
  return [...(place ? [place] : []), ...known.filter((one) => one.address !== place?.address)];
}
