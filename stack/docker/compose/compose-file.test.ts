// Compose files as people write them, read from a real folder: every form that is known, every fault by its line.
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readComposeFile } from './compose-file.ts';
import type { ComposeFile, ComposeService } from './compose-types.ts';

const root = await mkdtemp(join(tmpdir(), 'riacho-compose-'));
afterAll(() => rm(root, { recursive: true }));

interface Around {
  env?: Record<string, string>;
  dotEnv?: string;
  project?: string;
}

async function fileIn(text: string, dotEnv?: string): Promise<string> {
  const folder = join(await mkdtemp(join(root, 'f-')), 'course');
  await mkdir(folder);
  if (dotEnv !== undefined) await writeFile(join(folder, '.env'), dotEnv);
  const path = join(folder, 'docker-compose.yml');
  await writeFile(path, text);
  return path;
}

async function read(text: string, { env = {}, dotEnv, project }: Around = {}): Promise<ComposeFile> {
  const path = await fileIn(text, dotEnv);
  return readComposeFile({ path, env, ...(project !== undefined && { project }) });
}

/** The one service of a file whose service `a` has these lines besides an image. */
async function service(lines: string, around?: Around): Promise<ComposeService | undefined> {
  const body = lines.replaceAll('\n', '\n    ');
  const text = `services:\n  a:\n    image: i\n    ${body}\nvolumes: {data: }\nnetworks: {net: , other: {name: n}}`;
  return (await read(text, around)).services[0];
}

describe('a compose file', () => {
  it('gives a service what compose gives it where the file says nothing', async () => {
    expect(await service('')).toEqual({
      name: 'a',
      image: 'i',
      profiles: [],
      environment: {},
      labels: {},
      dependsOn: [],
      ports: [],
      mounts: [],
      networks: [{ key: 'default', aliases: [] }],
      restart: 'no',
      stopGraceMs: 10_000,
      securityOpt: [],
      capDrop: [],
      ulimits: [],
      tmpfs: [],
      init: false,
    });
  });

  it.each([
    ['environment:\n  A: 1\n  B: true\n  C: 1.50\n  D: ""\n  HOME:\n  NOWHERE:'],
    ['environment: [A=1, B=true, C=1.5, D=, HOME, NOWHERE]'],
  ])('takes values of the environment as texts, and from outside where there are none: %s', async (lines) => {
    const environment = { A: '1', B: 'true', C: '1.5', D: '', HOME: '/home/ana' };
    expect(await service(lines, { env: { HOME: '/home/ana' } })).toMatchObject({ environment });
  });

  it.each([
    ['ports: ["127.0.0.1:${PORT:-9092}:29092"]'],
    ['ports: [{host_ip: 127.0.0.1, published: "${PORT:-9092}", target: 29092}]'],
  ])('publishes %s', async (lines) => {
    const ports = [{ hostIp: '127.0.0.1', hostPort: 9092, containerPort: 29092, protocol: 'tcp' }];
    expect(await service(lines)).toMatchObject({ ports });
  });

  it('publishes everywhere where no address is named, and by udp where that is named', async () => {
    const ports = [{ hostIp: '0.0.0.0', hostPort: 1, containerPort: 2, protocol: 'udp' }];
    expect(await service('ports: ["1:2/udp"]')).toMatchObject({ ports });
  });

  it('mounts volumes by name and folders from beside the file', async () => {
    const path = await fileIn(`services:
  a:
    image: i
    volumes:
      - data:/data
      - ./in:/in:ro
      - {type: bind, source: ../up, target: /up, read_only: "\${RO:-true}"}
volumes:
  data:`);
    const { services, volumes } = await readComposeFile({ path, env: {} });
    expect(services[0]?.mounts).toEqual([
      { kind: 'volume', source: 'data', target: '/data', readOnly: false },
      { kind: 'bind', source: join(path, '../in'), target: '/in', readOnly: true },
      { kind: 'bind', source: join(path, '../../up'), target: '/up', readOnly: true },
    ]);
    expect(volumes).toEqual([{ key: 'data', name: 'course_data' }]);
  });

  it.each([
    ['command: tail -f "the log"', { command: ['tail', '-f', 'the log'] }],
    [
      'entrypoint: [bash, -c]\ncommand: ["echo $$HOME"]',
      { entrypoint: ['bash', '-c'], command: ['echo $HOME'] },
    ],
    ['labels: [riacho.page=/, on]', { labels: { 'riacho.page': '/', on: '' } }],
    ['labels: {riacho.page: /, n: 1}', { labels: { 'riacho.page': '/', n: '1' } }],
    ['networks: [net]', { networks: [{ key: 'net', aliases: [] }] }],
    [
      'networks: {net: {aliases: [b]}, other: }',
      { networks: [{ key: 'net', aliases: ['b'] }, { key: 'other' }] },
    ],
    [
      'mem_limit: 768m\nmem_reservation: 1g',
      { memoryBytes: 805_306_368, memoryReservationBytes: 1_073_741_824 },
    ],
    ['mem_limit: 1048576', { memoryBytes: 1_048_576 }],
    [
      'ulimits: {nofile: 10, core: {soft: 1, hard: 2}}',
      {
        ulimits: [
          { name: 'nofile', soft: 10, hard: 10 },
          { name: 'core', soft: 1, hard: 2 },
        ],
      },
    ],
    [
      'logging: {driver: local, options: {max-file: 3}}',
      { logging: { driver: 'local', options: { 'max-file': '3' } } },
    ],
    ['stop_grace_period: 1m', { stopGraceMs: 60_000 }],
    ['user: 1000', { user: '1000' }],
    [
      'cpus: "0.5"\npids_limit: 100\ninit: true\ntmpfs: /tmp',
      { cpus: 0.5, pidsLimit: 100, init: true, tmpfs: ['/tmp'] },
    ],
    [
      'container_name: c\nhostname: h\nworking_dir: /w\nrestart: always',
      { containerName: 'c', hostname: 'h', workingDir: '/w', restart: 'always' },
    ],
    ['x-note: {any: thing}', { name: 'a' }],
  ])('reads %s', async (lines, expected) => {
    expect(await service(lines)).toMatchObject(expected);
  });

  it('reads a health check, with what Docker adds', async () => {
    expect(await service('healthcheck: {test: pg_isready}')).toMatchObject({
      healthcheck: {
        test: ['CMD-SHELL', 'pg_isready'],
        intervalMs: 30_000,
        timeoutMs: 30_000,
        retries: 3,
        startPeriodMs: 0,
      },
    });
    const lines = 'healthcheck: {test: [CMD, a], interval: 5s, timeout: 1m, retries: 9, start_period: 1m30s}';
    expect(await service(lines)).toMatchObject({
      healthcheck: {
        test: ['CMD', 'a'],
        intervalMs: 5_000,
        timeoutMs: 60_000,
        retries: 9,
        startPeriodMs: 90_000,
      },
    });
  });

  it('builds from a folder, and names the image as compose does', async () => {
    const path = await fileIn(`services:
  a: {build: ./a}
  b: {image: b:1, build: {context: b, dockerfile: D, args: [V=1, HOME]}}`);
    const { services } = await readComposeFile({ path, env: { HOME: '/h' } });
    expect(services).toMatchObject([
      { image: 'course-a', build: { context: join(path, '../a'), dockerfile: 'Dockerfile', args: {} } },
      { image: 'b:1', build: { context: join(path, '../b'), dockerfile: 'D', args: { V: '1', HOME: '/h' } } },
    ]);
  });

  it('merges anchors, what stands nearer before what stands further', async () => {
    const { services } = await read(`x-base: &base {image: base, user: u, environment: &env {A: 1}}
x-more: &more {stop_grace_period: 1s}
services:
  a: {<<: *base, image: own}
  b: {<<: [*more, *base], environment: {<<: *env, B: 2}}`);
    expect(services).toMatchObject([
      { image: 'own', user: 'u', environment: { A: '1' }, stopGraceMs: 10_000 },
      { image: 'base', user: 'u', environment: { A: '1', B: '2' }, stopGraceMs: 1_000 },
    ]);
  });

  it('waits for what it depends on as the file says, or for its start', async () => {
    const { services } = await read(`services:
  a: {image: i}
  b: {image: i, depends_on: [a]}
  c: {image: i, depends_on: {a: {condition: service_healthy}, b: {condition: service_completed_successfully}}}`);
    expect(services.map(({ dependsOn }) => dependsOn)).toEqual([
      [],
      [{ service: 'a', condition: 'service_started' }],
      [
        { service: 'a', condition: 'service_healthy' },
        { service: 'b', condition: 'service_completed_successfully' },
      ],
    ]);
  });

  it('takes variables from outside before those of .env', async () => {
    const text = 'name: ${NAME}\nservices: {a: {image: "i:${TAG}-${KIND:-slim}"}}';
    const file = await read(text, { dotEnv: 'TAG=1\nNAME=inside', env: { NAME: 'outside' } });
    expect(file).toMatchObject({ project: 'outside', services: [{ image: 'i:1-slim' }] });
  });

  it('names a project by what it is told, the environment, the file, or the folder', async () => {
    const named = 'name: named\nservices: {a: {image: i}}';
    const dotEnv = 'COMPOSE_PROJECT_NAME=env';
    expect(await read(named, { project: 'told', dotEnv })).toMatchObject({
      project: 'told',
      networks: [{ key: 'default', name: 'told_default' }],
    });
    expect(await read(named, { dotEnv })).toMatchObject({ project: 'env' });
    expect(await read(named)).toMatchObject({ project: 'named' });
    expect(await read('services: {a: {image: i}}')).toMatchObject({ project: 'course' });
  });
});

describe('a compose file with a key that is not known', () => {
  it.each([
    ['services:\n  a:\n    image: i\n    privileged: true', 'services.a.privileged', 4],
    ['services: {a: {image: i}}\nsecrets: {}', 'secrets', 2],
    [
      'services:\n  a:\n    image: i\n    depends_on:\n      a:\n        restart: true',
      'services.a.depends_on.a.restart',
      6,
    ],
    [
      'services:\n  a:\n    image: i\n    ports:\n      - target: 1\n        mode: host',
      'services.a.ports.0.mode',
      6,
    ],
    [
      'services:\n  a:\n    image: i\n    healthcheck:\n      test: a\n      disable: true',
      'services.a.healthcheck.disable',
      6,
    ],
    ['services: {a: {image: i}}\nvolumes:\n  v:\n    external: true', 'volumes.v.external', 4],
    ['x-b: &b\n  cap_add: [ALL]\nservices:\n  a:\n    image: i\n    <<: *b', 'services.a.cap_add', 2],
  ])('is refused by the name of the key: %s', async (text, key, line) => {
    const path = expect.stringMatching(new RegExp(`/docker-compose\\.yml:${line}$`));
    await expect(read(text)).rejects.toMatchObject({ code: 'COMPOSE_UNKNOWN_KEY', params: { key, path } });
  });
});

describe('a compose file that cannot be used', () => {
  const one = (lines: string) => `services:\n  a:\n    image: i\n    ${lines}\n  b:\n    image: i`;

  it.each([
    ['broken YAML', 'services:\n  a: [', 2, /expected|must|end/i],
    ['a key twice', 'services:\n  a: {image: i}\n  a: {image: i}', 3, /unique/],
    ['an unknown anchor', 'services:\n  a: *b', 1, /b/],
    ['an unknown tag', 'services:\n  a: !reset {}', 2, /reset/],
    ['nothing in it', '', 1, /expected/],
    ['a variable without a value', one('user: "${WHO}"'), 4, /^services\.a\.user: \$\{WHO\}$/],
    ['a variable that is asked for', one('user: "${WHO:?name}"'), 4, /\$\{WHO\}: name$/],
    ['a dollar too few', one('command: [echo, $(id)]'), 4, /^services\.a\.command\.1: \$\(id\)/],
    ['a dependency on nothing', one('depends_on:\n      - z'), 4, /^services\.a\.depends_on\.z: z\?$/],
    ['a circle', one('depends_on: [c]\n  c: {image: i, depends_on: [b, a]}'), 4, /: a → c → a$/],
    ['itself to wait for', one('depends_on: [a]'), 4, /: a → a$/],
    ['a dependency on what every object has', one('depends_on: [constructor]'), 4, /: constructor\?$/],
    ['a variable that every object has', one('user: "${constructor}"'), 4, /: \$\{constructor\}$/],
    ['a volume of nobody', one('volumes: ["data:/data"]'), 4, /^services\.a\.volumes\.0: data\?$/],
    ['a network of nobody', one('networks: [net]'), 4, /^services\.a\.networks\.net: net\?$/],
    [
      'a port that two want',
      `${one('ports: ["1:2"]')}\n    ports: ["3:4", "1:5"]`,
      7,
      /\.ports\.1: 1\/tcp: a, b$/,
    ],
    ['a range of ports', one('ports: ["1-2:1-2"]'), 4, /^services\.a\.ports\.0: "1-2:1-2"\?/],
    ['a port that nobody chose', one('ports: ["80"]'), 4, /^services\.a\.ports\.0: "80"\?/],
    ['a port too high', one('ports: ["70000:1"]'), 4, /65535/],
    ['a bad duration', one('stop_grace_period: 10'), 4, /^services\.a\.stop_grace_period: "10"\?/],
    ['a bad size', one('mem_limit: lots'), 4, /"lots"\?/],
    ['a bad condition', one('depends_on: {b: {condition: ready}}'), 4, /service_healthy/],
    ['a bad check', one('healthcheck: {test: [pg_isready]}'), 4, /CMD/],
    ['a map for a text', one('user: {a: 1}'), 4, /^services\.a\.user: a list or a map\?$/],
    ['a number that compose takes for another', one('environment: {A: 0123}'), 4, /^0123\? \("0123"\)$/],
    ['a number that compose writes in another way', one('environment: {A: 1_000}'), 4, /^1_000\?/],
    ['a volume without a name', one('volumes: [/data]'), 4, /"\/data"\?/],
    ['an open quote', one(`command: "echo 'a"`), 4, /\?$/],
    ['nothing to run', 'services:\n  a: {user: u}', 2, /^services\.a: image, build\?$/],
    ['a bad name', 'name: Not this\nservices: {a: {image: i}}', 1, /^name: Not this\?$/],
  ])('is refused by its line: %s', async (_what, text, line, detail) => {
    const path = expect.stringMatching(new RegExp(`/docker-compose\\.yml:${line}$`));
    const params = { path, detail: expect.stringMatching(detail) };
    await expect(read(text)).rejects.toMatchObject({ code: 'COMPOSE_UNREADABLE', params });
  });

  it('is refused for a line of its .env', async () => {
    const params = { path: expect.stringMatching(/\/\.env:2$/), detail: 'what' };
    const reading = read('services: {a: {image: i}}', { dotEnv: 'A=1\nwhat' });
    await expect(reading).rejects.toMatchObject({ code: 'COMPOSE_UNREADABLE', params });
  });

  it('is refused where it is not', async () => {
    const path = join(root, 'none.yml');
    await expect(readComposeFile({ path, env: {} })).rejects.toMatchObject({
      params: { path, detail: 'ENOENT' },
    });
  });
});
