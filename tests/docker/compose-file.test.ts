// Our reading of a compose file beside that of the real `docker compose`: the course's own file, and one of odd forms.
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defaultFolders } from '../../app/folders.ts';
import { readComposeFile } from '../../stack/docker/compose/compose-file.ts';
import type { ComposeService } from '../../stack/docker/compose/compose-types.ts';
import { durationMs } from '../../stack/docker/compose/quantities.ts';

const run = promisify(execFile);

let command = '';
let folder = '';
beforeAll(async () => {
  const { stdout } = await run('bash', [fileURLToPath(new URL('compose-cli.sh', import.meta.url))]);
  command = stdout.trim();
  folder = await mkdtemp(join(tmpdir(), 'riacho-compare-'));
}, 900_000);
afterAll(() => rm(folder, { recursive: true }));

const texts = z.record(z.string(), z.string().nullable());
const duration = z.string().transform(durationMs);
const bytes = z.string().transform(Number);

/** What `docker compose config` prints of a service, as far as we read it. */
const printed = z.looseObject({
  image: z.string().optional(),
  build: z.looseObject({ context: z.string(), dockerfile: z.string(), args: texts.default({}) }).optional(),
  container_name: z.string().optional(),
  hostname: z.string().optional(),
  profiles: z.array(z.string()).default([]),
  entrypoint: z.array(z.string()).nullish(),
  command: z.array(z.string()).nullish(),
  environment: texts.default({}),
  labels: z.record(z.string(), z.string()).default({}),
  user: z.string().optional(),
  working_dir: z.string().optional(),
  depends_on: z.record(z.string(), z.looseObject({ condition: z.string() })).default({}),
  healthcheck: z
    .looseObject({
      test: z.array(z.string()),
      interval: duration.default(30_000),
      timeout: duration.default(30_000),
      retries: z.number().default(3),
      start_period: duration.default(0),
    })
    .optional(),
  ports: z
    .array(
      z.looseObject({
        host_ip: z.string().default('0.0.0.0'),
        published: bytes,
        target: z.number(),
        protocol: z.string(),
      }),
    )
    .default([]),
  volumes: z
    .array(
      z.looseObject({
        type: z.string(),
        source: z.string(),
        target: z.string(),
        read_only: z.boolean().default(false),
      }),
    )
    .default([]),
  networks: z.record(z.string(), z.looseObject({ aliases: z.array(z.string()).default([]) }).nullable()),
  mem_limit: bytes.optional(),
  mem_reservation: bytes.optional(),
  cpus: z.number().optional(),
  pids_limit: z.number().optional(),
  restart: z.string().default('no'),
  stop_grace_period: duration.default(10_000),
  logging: z
    .looseObject({ driver: z.string(), options: z.record(z.string(), z.string()).default({}) })
    .optional(),
  security_opt: z.array(z.string()).default([]),
  cap_drop: z.array(z.string()).default([]),
  ulimits: z
    .record(
      z.string(),
      z.union([
        z.number().transform((both) => ({ soft: both, hard: both })),
        z.looseObject({ soft: z.number(), hard: z.number() }),
      ]),
    )
    .default({}),
  tmpfs: z.array(z.string()).default([]),
  init: z.boolean().default(false),
  shm_size: bytes.optional(),
});
const printedNames = z.record(z.string(), z.looseObject({ name: z.string() })).default({});
const printedFile = z.looseObject({
  name: z.string(),
  services: z.record(z.string(), printed),
  networks: printedNames,
  volumes: printedNames,
});

const withoutNull = (pairs: Record<string, string | null>) =>
  Object.fromEntries(Object.entries(pairs).filter(([, value]) => value !== null));

/** One of its services in our words; what it does not name is undefined. */
function inOurWords(name: string, theirs: z.output<typeof printed>, project: string) {
  const { build, healthcheck } = theirs;
  return {
    name,
    image: theirs.image ?? `${project}-${name}`,
    build: build && { context: build.context, dockerfile: build.dockerfile, args: withoutNull(build.args) },
    containerName: theirs.container_name,
    hostname: theirs.hostname,
    profiles: theirs.profiles,
    entrypoint: theirs.entrypoint ?? undefined,
    command: theirs.command ?? undefined,
    environment: withoutNull(theirs.environment),
    labels: theirs.labels,
    user: theirs.user,
    workingDir: theirs.working_dir,
    dependsOn: byName(
      Object.entries(theirs.depends_on).map(([service, { condition }]) => ({ service, condition })),
      ({ service }) => service,
    ),
    healthcheck: healthcheck && {
      test: healthcheck.test,
      intervalMs: healthcheck.interval,
      timeoutMs: healthcheck.timeout,
      retries: healthcheck.retries,
      startPeriodMs: healthcheck.start_period,
    },
    ports: theirs.ports.map((port) => ({
      hostIp: port.host_ip,
      hostPort: port.published,
      containerPort: port.target,
      protocol: port.protocol,
    })),
    mounts: theirs.volumes.map((mount) => ({
      kind: mount.type,
      source: mount.source,
      target: mount.target,
      readOnly: mount.read_only,
    })),
    networks: byName(
      Object.entries(theirs.networks).map(([key, value]) => ({ key, aliases: value?.aliases ?? [] })),
      ({ key }) => key,
    ),
    memoryBytes: theirs.mem_limit,
    memoryReservationBytes: theirs.mem_reservation,
    cpus: theirs.cpus,
    pidsLimit: theirs.pids_limit,
    restart: theirs.restart,
    stopGraceMs: theirs.stop_grace_period,
    logging: theirs.logging && { driver: theirs.logging.driver, options: theirs.logging.options },
    securityOpt: theirs.security_opt,
    capDrop: theirs.cap_drop,
    ulimits: byName(
      Object.entries(theirs.ulimits).map(([limit, { soft, hard }]) => ({ name: limit, soft, hard })),
      (limit) => limit.name,
    ),
    tmpfs: theirs.tmpfs,
    init: theirs.init,
    shmBytes: theirs.shm_size,
  };
}

/** Compose prints its maps in order of the alphabet; we keep the file's. */
function byName<T>(items: readonly T[], nameOf: (item: T) => string): T[] {
  return items.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
}

const sorted = (service: ComposeService) => ({
  ...service,
  dependsOn: byName(service.dependsOn, (needed) => needed.service),
  networks: byName(service.networks, ({ key }) => key),
  ulimits: byName(service.ulimits, ({ name }) => name),
});

async function theirsOf(path: string, env: Record<string, string>) {
  const { stdout } = await run(command, ['-f', path, '--profile', '*', 'config', '--format', 'json'], {
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...env },
    maxBuffer: 16 * 1024 * 1024,
  });
  // It prints what could be read again: each dollar twice.
  return printedFile.parse(JSON.parse(stdout.replaceAll('$$', '$')));
}

const named = (names: z.output<typeof printedNames>) =>
  Object.entries(names).map(([key, { name }]) => ({ key, name }));

/** One file as we read it and as docker compose does, in our words. */
async function bothReadings(path: string, env: Record<string, string>) {
  const ours = await readComposeFile({ path, env });
  const theirs = await theirsOf(path, env);
  const keyOf = ({ key }: { key: string }) => key;
  const nameOf = ({ name }: { name: string }) => name;
  return {
    ours: {
      ...ours,
      services: byName(ours.services.map(sorted), nameOf),
      networks: byName(ours.networks, keyOf),
      volumes: byName(ours.volumes, keyOf),
    },
    theirs: {
      path,
      project: theirs.name,
      services: byName(
        Object.entries(theirs.services).map(([name, service]) => inOurWords(name, service, theirs.name)),
        nameOf,
      ),
      networks: byName(named(theirs.networks), keyOf),
      volumes: byName(named(theirs.volumes), keyOf),
    },
  };
}

const oddForms = String.raw`
x-base: &base
  image: "i:\${TAG:-1}"
  environment: &env {ONE: 1, YES: true, REAL: 1.50, ONE_REAL: 1.0, SMALL: 0.0001, LARGE: 999999.5, CAPITAL: True, BIG: 2147483647, TEXT: "01", NONE: , FROM_ENV: , OUTSIDE: }
  x-own: {any: [thing]}
x-more: &more {stop_grace_period: 1m30s, user: "1000:0"}
services:
  a:
    <<: [*more, *base]
    environment:
      <<: *env
      DOLLARS: '$$HOME \${TAG:-\${OTHER:-2}} \${EMPTY:-3} \${EMPTY-4} \${TAG:+5}'
      JSON: '\${OTHER:-{"a": {"b": 1}}}'
    command: bash -c 'echo "$$HOME"; exit' "two words" a\ b "q\"\n" d""'e' f"g h"
    entrypoint: [/bin/sh, -c]
    healthcheck: {test: pg_isready -q, interval: 1m30s, retries: 5}
    ports: ["127.0.0.1:\${PORT}:80", "81:82/udp", {target: 83, published: "84", host_ip: 127.0.0.1}]
    volumes: ["data:/data:ro", "./here:/here", {type: bind, source: ../up, target: /up, read_only: true}]
    networks: {net: {aliases: [alias]}, other: }
    labels: [one=1, empty, "with=a=b"]
    mem_limit: 1.5g
    mem_reservation: 768m
    ulimits: {nofile: 10, core: {soft: 1, hard: 2}}
    logging: {driver: local, options: {max-file: "3"}}
    tmpfs: /tmp
    init: true
    shm_size: 64k
    cap_drop: [ALL]
    pids_limit: 100
    cpus: "0.5"
    restart: unless-stopped
    hostname: host
    container_name: name
    working_dir: /w
  b:
    build: {context: ., dockerfile: D, args: [V=1, FROM_ENV, NOWHERE]}
    depends_on: [a]
    environment: [A=1, B=, FROM_ENV, NOWHERE, "C=x=y"]
    command: []
    healthcheck: {test: [CMD-SHELL, "true"], timeout: 2s, start_period: 500ms}
    labels: {n: 1, yes: true}
  c:
    build: ./c
    image: c:1
    profiles: [full]
    depends_on: {a: {condition: service_healthy}, b: {condition: service_completed_successfully}}
networks: {net: , other: {name: "\${TAG}-net"}}
volumes: {data: , }
`.replaceAll('\\$', '$');

describe('our reading is that of docker compose', () => {
  it.each([
    {},
    { KAFKA_PORT: '19092', CASSANDRA_PORT: '19042', CONFLUENT_VERSION: '7.6.0', SPARK_MASTER_PORT: '1' },
    { COMPOSE_PROJECT_NAME: 'other' },
  ])('for the course’s file with %j', async (env) => {
    const { ours, theirs } = await bothReadings(defaultFolders().composeFile, env);
    expect(ours).toEqual(theirs);
  });

  it('for a file of odd forms', async () => {
    const path = join(folder, 'docker-compose.yml');
    await writeFile(path, oddForms);
    await writeFile(join(folder, '.env'), `FROM_ENV="a # \${HOME}"\nPORT=8000 # usual\nEMPTY=\nTAG='7'\n`);
    const env = { OUTSIDE: 'o', PORT: '8080', HOME: '/home/ana' };
    const { ours, theirs } = await bothReadings(path, env);
    expect(ours).toEqual(theirs);
  });
});
