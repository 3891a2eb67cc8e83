// A stack of tiny containers on the real engine, for tests: its own project, its own ports, nothing left behind.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createDockerEngine, type DockerEngineOptions } from '../../stack/docker/docker-engine.ts';
import { openDocker, type OpenedDocker } from '../../stack/docker/engine/find-engine.ts';
import type { Engine } from '../../stack/engine.ts';
import type { ServiceStatus, StackProfile, StackStatus } from '../../words/stack.ts';

/** Busybox, with a shell: here on every machine that runs these tests. */
export const image = 'local/base:1';
/** Runs until it is told to stop, and then does so at once. */
export const endless = `[sh, -c, 'trap "exit 0" TERM; while :; do sleep 0.1; done']`;
/** Healthy as soon as the container's file /tmp/well is there. */
export const check = `{ test: [CMD, test, -f, /tmp/well], interval: 1s, timeout: 5s, retries: 3, start_period: 30s }`;
/** As `endless`, and healthy at once. */
export const well = `[sh, -c, 'touch /tmp/well; trap "exit 0" TERM; while :; do sleep 0.1; done']`;

type Docker = OpenedDocker['docker'];
type Listed = Awaited<ReturnType<Docker['listContainers']>>;

export interface SmallStack {
  engine: Engine;
  docker: Docker;
  project: string;
  composeFile: string;
  /** Where the compose file is. */
  folder: string;
  /** Another engine on the same file and project, as another process would make it. */
  another(options?: Partial<DockerEngineOptions>): Engine;
  /** All containers of the project, by service. */
  containers(): Promise<Listed>;
  /** Names of all that bears the project's label. */
  leftovers(): Promise<{ containers: string[]; networks: string[]; volumes: string[] }>;
  write(services: string): Promise<void>;
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => void server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** `services` is YAML, of the section `services`; each joins the network `net`. All of it goes with the test. */
export async function smallStack(
  services: string,
  options: { profile?: StackProfile; volumes?: string[] } = {},
): Promise<SmallStack> {
  const folder = await mkdtemp(join(tmpdir(), 'riacho-docker-'));
  const composeFile = join(folder, 'docker-compose.yml');
  const project = `riachotest${Math.random().toString(36).slice(2, 10)}`;
  const names = options.volumes ?? [];
  const volumes = names.length === 0 ? '' : `volumes:\n${names.map((name) => `  ${name}:\n`).join('')}`;
  const write = (text: string) =>
    writeFile(composeFile, `name: ${project}\nservices:\n${text}\nnetworks:\n  net:\n${volumes}`);
  await write(services);
  const { docker } = await openDocker();
  const another = (more: Partial<DockerEngineOptions> = {}) =>
    createDockerEngine({ composeFile, profile: () => options.profile ?? 'light', env: () => ({}), ...more });
  const engine = another();
  const filters = { label: [`com.docker.compose.project=${project}`] };
  const containers = () => docker.listContainers({ all: true, filters });
  const leftovers = async () => ({
    containers: (await containers()).map(({ Names }) => Names[0] ?? ''),
    networks: (await docker.listNetworks({ filters })).map(({ Name }) => Name),
    volumes: (await docker.listVolumes({ filters })).Volumes.map(({ Name }) => Name),
  });
  onTestFinished(async () => {
    await engine.close();
    // The engine of the test may be in any state by now.
    const janitor = another();
    await janitor.reset();
    await janitor.close();
    await rm(folder, { recursive: true });
  });
  return { engine, docker, project, composeFile, folder, another, containers, leftovers, write };
}

/** Polls until `wanted` is true of the status; rejects after 30 s with what was seen last. */
export async function untilStatus(
  engine: Engine,
  wanted: (status: StackStatus) => boolean,
): Promise<StackStatus> {
  const deadline = performance.now() + 30_000;
  for (let after = 0; ;) {
    const { version, frame } = await engine.next(after);
    if (wanted(frame)) return frame;
    if (performance.now() > deadline) throw new Error(`never seen: ${JSON.stringify(frame)}`);
    after = version;
  }
}

export function serviceOf(status: StackStatus, name: ServiceStatus['name']): ServiceStatus | undefined {
  return status.services.find((service) => service.name === name);
}

/** What `work` is rejected with; undefined where it is not. */
export async function failureOf(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
    return undefined;
  } catch (error) {
    return error;
  }
}
