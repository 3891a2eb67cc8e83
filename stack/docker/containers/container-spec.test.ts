// The course's own file as containers, and what makes one container another.
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readComposeFile } from '../compose/compose-file.ts';
import type { ComposeService } from '../compose/compose-types.ts';
import { containerSpec } from './container-spec.ts';

const course = await readComposeFile({
  path: fileURLToPath(new URL('../../../compose/docker-compose.yml', import.meta.url)),
  env: { KAFKA_PORT: '19092' },
});

function named(name: string): ComposeService {
  const service = course.services.find((one) => one.name === name);
  if (service === undefined) throw new Error(name);
  return service;
}

const broker = named('broker');

describe('a service as a container', () => {
  it('bears the labels and the name that docker compose gives', () => {
    const { create, madeFrom } = containerSpec(course, named('spark-worker-1'), 'sha256:1');
    expect(create.name).toBe('dsaservidor-spark-worker-1-1');
    expect(create.Labels).toMatchObject({
      'com.docker.compose.project': 'dsaservidor',
      'com.docker.compose.service': 'spark-worker-1',
      'com.docker.compose.oneoff': 'False',
      'com.docker.compose.container-number': '1',
      'com.docker.compose.config-hash': madeFrom,
      'com.docker.compose.project.config_files': course.path,
      'com.docker.compose.depends_on': 'spark-master:service_healthy:false',
      'com.docker.compose.image': 'sha256:1',
      'riacho.page': '/',
    });
    expect(containerSpec(course, named('cassandra'), '').create.name).toBe('cassandra');
  });

  it('is found by its name in its network, and from this machine alone at its port', () => {
    const { create } = containerSpec(course, broker, '');
    expect(create.NetworkingConfig?.EndpointsConfig).toEqual({
      dsaservidor_dsacademy: { Aliases: ['broker', 'dsaservidor-broker-1'] },
    });
    expect(create.HostConfig?.NetworkMode).toBe('dsaservidor_dsacademy');
    expect(create.HostConfig?.PortBindings).toEqual({
      '9092/tcp': [{ HostIp: '127.0.0.1', HostPort: '19092' }],
    });
    expect(create.ExposedPorts).toEqual({ '9092/tcp': {} });
  });

  it('has its limits, its volume, its check in ns and its grace in whole s', () => {
    const test = ['CMD', 'true'];
    const service = {
      ...broker,
      memoryBytes: 768 * 1024 ** 2,
      memoryReservationBytes: 512 * 1024 ** 2,
      stopGraceMs: 29_100,
      healthcheck: { test, intervalMs: 5_000, timeoutMs: 2_500, startPeriodMs: 60_000, retries: 12 },
    };
    const { create } = containerSpec(course, service, '');
    expect(create.HostConfig).toMatchObject({
      Memory: 768 * 1024 ** 2,
      MemoryReservation: 512 * 1024 ** 2,
      RestartPolicy: { Name: 'no' },
      SecurityOpt: ['no-new-privileges:true'],
      LogConfig: { Type: 'json-file', Config: { 'max-size': '10m', 'max-file': '3' } },
      Mounts: [
        { Type: 'volume', Source: 'dsaservidor_kafka-data', Target: '/var/lib/kafka/data', ReadOnly: false },
      ],
    });
    expect(create.Healthcheck).toEqual({
      Test: test,
      Interval: 5e9,
      Timeout: 2.5e9,
      StartPeriod: 60e9,
      Retries: 12,
    });
    expect(create.StopTimeout).toBe(30);
    expect(create.Env).toContain(
      'KAFKA_ADVERTISED_LISTENERS=INSIDE://broker:29092,OUTSIDE://localhost:19092',
    );
    // What the image brings stays its own.
    expect(create).not.toHaveProperty('Cmd');
    expect(create).not.toHaveProperty('User');
  });

  it('mounts a folder of this machine, where the file says so', () => {
    const { create } = containerSpec(course, named('spark-master'), '');
    expect(create.HostConfig?.Mounts).toContainEqual(
      expect.objectContaining({ Type: 'bind', Target: '/opt/riacho', ReadOnly: true }),
    );
  });

  it('joins its further networks after it is made', () => {
    const service = { ...broker, networks: [...broker.networks, { key: 'other', aliases: ['b'] }] };
    const file = { ...course, networks: [...course.networks, { key: 'other', name: 'p_other' }] };
    const { create, furtherNetworks } = containerSpec(file, service, '');
    expect(Object.keys(create.NetworkingConfig?.EndpointsConfig ?? {})).toEqual(['dsaservidor_dsacademy']);
    expect(furtherNetworks).toEqual([{ name: 'p_other', aliases: ['broker', 'dsaservidor-broker-1', 'b'] }]);
  });
});

describe('what a container is made from', () => {
  const madeFrom = (service: ComposeService, image = 'sha256:1') =>
    containerSpec(course, service, image).madeFrom;

  it('is the same for the same', () => {
    expect(madeFrom(structuredClone(broker))).toBe(madeFrom(broker));
  });

  it.each<[string, Partial<ComposeService>]>([
    ['its environment', { environment: { A: 'b' } }],
    ['its memory', { memoryBytes: 1 }],
    ['its labels', { labels: { a: 'b' } }],
    ['its command', { command: ['true'] }],
  ])('is another with another of %s', (_, change) => {
    expect(madeFrom({ ...broker, ...change })).not.toBe(madeFrom(broker));
  });

  it('is another on another image of the same name', () => {
    expect(madeFrom(broker, 'sha256:2')).not.toBe(madeFrom(broker));
  });
});
