// What people are shown, on the course's own services.
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readComposeFile } from '../compose/compose-file.ts';
import type { ContainerView } from './container-view.ts';
import { servicesOf } from '../compose/plan.ts';
import { stackStatusOf, type Activity, type StackFacts } from './service-status.ts';
import type { ServiceStatus } from '../../../words/stack.ts';

const course = await readComposeFile({
  path: fileURLToPath(new URL('../../../compose/docker-compose.yml', import.meta.url)),
  env: {},
});

function view(service: string, own: Partial<ContainerView> = {}): ContainerView {
  return {
    id: service,
    name: `dsaservidor-${service}-1`,
    service,
    image: 'apache/kafka:3.9.0',
    state: 'running',
    exitCode: 0,
    outOfMemory: false,
    restarts: 0,
    ports: new Map(),
    ...own,
  };
}

function statusOf(views: ContainerView[], more: Partial<StackFacts> = {}) {
  return stackStatusOf({
    services: servicesOf(course, 'light'),
    views: new Map(views.map((one) => [one.service, one])),
    activities: new Map(),
    removed: new Set(),
    gone: undefined,
    notices: [],
    ...more,
  });
}

const well = [view('broker', { health: 'healthy' }), view('cassandra', { health: 'healthy' })];

function kafka(own: Partial<ContainerView>, activity?: Activity): ServiceStatus | undefined {
  const activities = new Map(activity ? [['broker', activity]] : []);
  return statusOf([view('broker', own)], { activities }).services[0];
}

describe('a service', () => {
  const memoryLimitBytes = 768 * 1024 ** 2;
  it.each<[string, Partial<ContainerView>, Partial<ServiceStatus>]>([
    ['healthy when its check passes', { health: 'healthy' }, { state: 'healthy' }],
    ['healthy without a check when it runs', {}, { state: 'healthy' }],
    [
      'starting while its check has not passed',
      { health: 'starting', said: 'no' },
      { state: 'starting', step: { kind: 'answering' }, said: 'no' },
    ],
    [
      'starting again by itself',
      { state: 'restarting', restarts: 2, exitCode: 1, evidence: 'why' },
      {
        state: 'starting',
        step: { kind: 'restarting', attempt: 2 },
        fault: { code: 'SERVICE_EXITED', params: { service: 'kafka', exitCode: 1, line: 'why' } },
      },
    ],
    [
      'unhealthy with what its check says',
      { health: 'unhealthy', said: 'no', evidence: 'why' },
      {
        state: 'unhealthy',
        said: 'no',
        fault: { code: 'SERVICE_UNHEALTHY', params: { service: 'kafka', line: 'no' } },
      },
    ],
    [
      'unhealthy with its log’s line where its check says nothing',
      { health: 'unhealthy', evidence: 'why' },
      {
        state: 'unhealthy',
        fault: { code: 'SERVICE_UNHEALTHY', params: { service: 'kafka', line: 'why' } },
      },
    ],
    ['stopped when it was told to', { state: 'exited', exitCode: 143 }, { state: 'stopped' }],
    ['stopped before its first start', { state: 'created' }, { state: 'stopped' }],
    [
      'failed when it ended by itself',
      { state: 'exited', exitCode: 1, evidence: 'why' },
      {
        state: 'failed',
        fault: { code: 'SERVICE_EXITED', params: { service: 'kafka', exitCode: 1, line: 'why' } },
      },
    ],
    [
      'failed when it was killed for its memory',
      { state: 'exited', exitCode: 137, outOfMemory: true, memoryLimitBytes },
      {
        state: 'failed',
        fault: { code: 'SERVICE_OUT_OF_MEMORY', params: { service: 'kafka', limit: 768 } },
      },
    ],
  ])('is %s', (_, own, expected) => {
    expect(kafka(own)).toMatchObject(expected);
  });

  it('is what is being done to it, whatever its container is', () => {
    const step = { kind: 'pulling', image: 'i', done: 1, total: 2 } as const;
    expect(kafka({}, { status: 'working', step })).toMatchObject({ state: 'pulling', step });
    expect(kafka({}, { status: 'stopping' })).toMatchObject({ state: 'stopping' });
    // Longer than its grace: killed, and stopped all the same.
    expect(kafka({ state: 'exited', exitCode: 137 }, { status: 'stopped' })).toMatchObject({
      state: 'stopped',
    });
  });

  it('has failed until it is well', () => {
    const fault = { code: 'IMAGE_LIMIT', params: { image: 'i' } } as const;
    expect(kafka({ state: 'created' }, { status: 'failed', fault })).toMatchObject({
      state: 'failed',
      fault,
    });
    expect(kafka({ health: 'healthy' }, { status: 'failed', fault })).toMatchObject({ state: 'healthy' });
  });

  it('is found at its first port, and its page there too once it is healthy', () => {
    const services = servicesOf(course, 'registry');
    const registry = (health: ContainerView['health']) =>
      statusOf([view('schema-registry', { ...(health && { health }), ports: new Map([[8081, 18081]]) })], {
        services,
      }).services.at(-1);
    expect(registry('healthy')).toMatchObject({
      address: 'localhost:18081',
      page: 'http://localhost:18081/subjects',
    });
    expect(registry('starting')).not.toHaveProperty('page');
    expect(statusOf([]).services.map(({ address }) => address)).toEqual(['localhost:9092', 'localhost:9042']);
  });

  it('is shown with its container, image and version', () => {
    expect(kafka({ memoryLimitBytes: 5, startedAt: 7, readyMs: 9 })).toMatchObject({
      container: 'dsaservidor-broker-1',
      image: 'apache/kafka:3.9.0',
      version: '3.9.0',
      memoryLimitBytes: 5,
      startedAt: 7,
      readyMs: 9,
    });
  });
});

describe('a one-shot', () => {
  const services = servicesOf(course, 'airflow');
  const secrets = (own: Partial<ContainerView>) =>
    statusOf([view('secrets', own)], { services }).services.find(({ name }) => name === 'secrets');
  it('is shown while it works and where it failed, and not when it is done', () => {
    expect(secrets({})).toMatchObject({ state: 'starting', step: { kind: 'launching' } });
    expect(secrets({ state: 'exited', exitCode: 2 })).toMatchObject({ state: 'failed' });
    expect(secrets({ state: 'exited' })).toBeUndefined();
    expect(statusOf([], { services }).services.map(({ name }) => name)).not.toContain('secrets');
  });
});

describe('the stack', () => {
  it('is stopped where nothing has begun', () => {
    expect(statusOf([])).toMatchObject({ engine: 'docker', stack: 'stopped' });
  });

  it('is as well as what was begun: what another profile starts does not count', () => {
    expect(statusOf(well, { services: servicesOf(course, 'spark') })).toMatchObject({ stack: 'healthy' });
    expect(statusOf([view('broker', { state: 'exited' }), view('cassandra')]).stack).toBe('unhealthy');
  });

  it('lacks what somebody removed', () => {
    const status = statusOf([view('cassandra')], { removed: new Set(['broker']) });
    expect(status.stack).toBe('absent');
    expect(status.services[0]).toMatchObject({
      state: 'absent',
      fault: { code: 'SERVICE_REMOVED', params: { service: 'kafka' } },
    });
  });

  it('is unwell while its engine is away, and stopped where it never ran', () => {
    const gone = { code: 'DOCKER_NOT_RUNNING', params: { address: 'a', detail: 'd' } } as const;
    const status = statusOf([view('broker', { state: 'exited' }), view('cassandra')], { gone });
    expect(status.stack).toBe('unhealthy');
    expect(status.services.map(({ fault }) => fault)).toEqual([gone, gone]);
    expect(statusOf([], { gone }).stack).toBe('stopped');
    const fault = { code: 'SERVICE_EXITED', params: { service: 'kafka', exitCode: 0, line: '' } } as const;
    const failed = statusOf([], { gone, activities: new Map([['broker', { status: 'failed', fault }]]) });
    expect(failed.services[0]).toMatchObject({ name: 'kafka', state: 'failed', fault: gone });
  });
});
