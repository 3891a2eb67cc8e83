// Preflight against engines that no test machine is: served over a socket, as much as it asks for. The real one is
// in tests/docker.
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { readComposeFile } from '../compose/compose-file.ts';
import { openDocker } from '../engine/find-engine.ts';
import { preflight } from './preflight.ts';

const folder = await mkdtemp(join(tmpdir(), 'riacho-preflight-'));
const closing: (() => void)[] = [];
afterAll(async () => {
  for (const close of closing) close();
  await rm(folder, { recursive: true });
});

// Ports that no other test holds: nothing is published there.
const ports = [
  'KAFKA',
  'CASSANDRA',
  'SCHEMA_REGISTRY',
  'CONTROL_CENTER',
  'AIRFLOW',
  'SPARK_MASTER',
  'SPARK_WORKER',
];
const file = await readComposeFile({
  path: fileURLToPath(new URL('../../../compose/docker-compose.yml', import.meta.url)),
  env: Object.fromEntries(ports.map((name, index) => [`${name}_PORT`, String(29_390 + index)])),
});

interface Made {
  info?: object;
  containers?: object[];
  /** Processor of every image; none: no image is here. */
  architecture?: string;
}

const info = {
  NCPU: 8,
  MemTotal: 64 * 1024 ** 3,
  Architecture: 'aarch64',
  OSType: 'linux',
  Name: 'docker-desktop',
  DockerRootDir: '/var/lib/docker',
};

async function engine(name: string, made: Made) {
  const answers: [RegExp, object | undefined][] = [
    [/^\/_ping/, {}],
    [/^\/version/, { Version: '28.1.0', ApiVersion: '1.49' }],
    [/^\/info/, { ...info, ...made.info }],
    [/^\/containers\/json/, made.containers ?? []],
    [/^\/images\//, made.architecture === undefined ? undefined : { Architecture: made.architecture }],
  ];
  const server = createServer((asked, response) => {
    const answer = answers.find(([path]) => path.test(asked.url ?? ''))?.[1];
    response.writeHead(answer ? 200 : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer ?? { message: 'no such image' }));
  }).listen(join(folder, name));
  await once(server, 'listening');
  closing.push(() => server.close());
  return (await openDocker([{ address: `unix://${join(folder, name)}`, isChosen: true }])).docker;
}

describe('preflight', () => {
  it('says of each service whose image runs emulated', async () => {
    const docker = await engine('arm.sock', { architecture: 'amd64' });
    const { notices } = await preflight({ docker, file, profile: 'light' });
    expect(notices).toEqual([
      { kind: 'emulated', service: 'kafka', wanted: 'arm64', found: 'amd64' },
      { kind: 'emulated', service: 'cassandra', wanted: 'arm64', found: 'amd64' },
    ]);
    const same = await engine('same.sock', { architecture: 'arm64' });
    expect(await preflight({ docker: same, file, profile: 'light' })).toMatchObject({ notices: [] });
  });

  it('leaves Control Center out on a small machine, and says so', async () => {
    const docker = await engine('small.sock', { info: { MemTotal: 7.7 * 1024 ** 3 } });
    const { services, notices } = await preflight({ docker, file, profile: 'full' });
    expect(services).toHaveLength(file.services.length - 1);
    expect(notices).toMatchObject([{ kind: 'left-out', service: 'control-center', wanted: 8 }]);
  });

  it('is refused by an engine for Windows’ containers', async () => {
    const docker = await engine('windows.sock', { info: { OSType: 'windows' } });
    await expect(preflight({ docker, file, profile: 'light' })).rejects.toMatchObject({
      code: 'DOCKER_REFUSED',
      params: { detail: 'OSType windows' },
    });
  });

  it('names the container that holds a port, on whatever address', async () => {
    const published = { PrivatePort: 1, PublicPort: 29_391, Type: 'tcp' };
    const container = { Id: 'abc', Names: ['/his-cassandra'], Labels: {} };
    for (const IP of ['127.0.0.1', '0.0.0.0', '::']) {
      const docker = await engine(`port-${IP}.sock`, {
        containers: [{ ...container, Ports: [{ PrivatePort: 9 }, { ...published, IP }] }],
      });
      await expect(preflight({ docker, file, profile: 'light' })).rejects.toMatchObject({
        code: 'SERVICE_PORT_TAKEN',
        params: { service: 'cassandra', port: 29_391, holder: 'his-cassandra' },
      });
    }
  });

  it('lets another address of the machine be, and another protocol', async () => {
    const Ports = [
      { IP: '192.168.7.7', PrivatePort: 1, PublicPort: 29_390, Type: 'tcp' },
      { IP: '0.0.0.0', PrivatePort: 1, PublicPort: 29_391, Type: 'udp' },
    ];
    const docker = await engine('beside.sock', {
      containers: [{ Id: 'a', Names: ['/b'], Labels: {}, Ports }],
    });
    expect(await preflight({ docker, file, profile: 'light' })).toMatchObject({ notices: [] });
  });
});
