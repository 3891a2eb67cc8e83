// What a profile runs and in what order, on made-up files and on the course's own.
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { stackProfile } from '../../../words/stack.ts';
import { readComposeFile } from './compose-file.ts';
import type { ComposeFile, ComposeService, DependencyCondition } from './compose-types.ts';
import { isOneShot, memoryOf, serviceNameOf, servicesOf } from './plan.ts';

const course = await readComposeFile({
  path: fileURLToPath(new URL('../../../compose/docker-compose.yml', import.meta.url)),
  env: {},
});

type Needs = Record<string, DependencyCondition>;

function service(name: string, needs: Needs = {}, own: Partial<ComposeService> = {}): ComposeService {
  return {
    name,
    image: 'i',
    profiles: [],
    environment: {},
    labels: {},
    dependsOn: Object.entries(needs).map(([on, condition]) => ({ service: on, condition })),
    ports: [],
    mounts: [],
    networks: [],
    restart: 'no',
    stopGraceMs: 10_000,
    securityOpt: [],
    capDrop: [],
    ulimits: [],
    tmpfs: [],
    init: false,
    ...own,
  };
}

const fileOf = (...services: ComposeService[]): ComposeFile => ({
  path: '/c.yml',
  project: 'p',
  services,
  networks: [],
  volumes: [],
});
const namesOf = (services: readonly ComposeService[]) => services.map(({ name }) => name);

describe('a profile', () => {
  it('runs what names it and what names none', () => {
    const file = fileOf(
      service('a'),
      service('b', {}, { profiles: ['spark', 'full'] }),
      service('c', {}, { profiles: ['airflow'] }),
    );
    expect(namesOf(servicesOf(file, 'light'))).toEqual(['a']);
    expect(namesOf(servicesOf(file, 'spark'))).toEqual(['a', 'b']);
    expect(namesOf(servicesOf(file, 'airflow'))).toEqual(['a', 'c']);
  });

  it('runs each after all that it waits for, however the file orders them', () => {
    const healthy = 'service_healthy';
    const file = fileOf(
      service('d', { b: healthy, c: 'service_started' }),
      service('c', { a: healthy }),
      service('b', { a: healthy }),
      service('a'),
    );
    expect(namesOf(servicesOf(file, 'light'))).toEqual(['a', 'b', 'c', 'd']);
  });

  it('is refused where one of its services waits for one that it leaves out', () => {
    const file = fileOf(service('a', {}, { profiles: ['full'] }), service('b', { a: 'service_started' }));
    const params = { path: '/c.yml', detail: 'b → a (light)' };
    expect(() => servicesOf(file, 'light')).toThrow(
      expect.objectContaining({ code: 'COMPOSE_UNREADABLE', params }),
    );
    expect(namesOf(servicesOf(file, 'full'))).toEqual(['a', 'b']);
  });

  it('may take the limits of all that stay', () => {
    const services = [
      service('once', {}, { memoryBytes: 1 }),
      service('a', { once: 'service_completed_successfully' }, { memoryBytes: 10 }),
      service('b', {}, { memoryBytes: 100 }),
      service('c'),
    ];
    expect(services.filter((one) => isOneShot(one, services))).toEqual([services[0]]);
    expect(memoryOf(services)).toBe(110);
  });
});

describe('the course’s file', () => {
  it.each(stackProfile.options)(
    'knows every service of %s by our name, in an order that starts',
    (profile) => {
      const services = servicesOf(course, profile);
      expect(services.map(({ name }) => serviceNameOf(name))).not.toContain(undefined);
      const started = new Set<string>();
      for (const { name, dependsOn } of services) {
        expect(dependsOn.filter((needed) => !started.has(needed.service))).toEqual([]);
        started.add(name);
      }
      expect(started).toContain('broker');
      expect(started).toContain('cassandra');
    },
  );

  it('runs everything in full, and two services in light', () => {
    expect(servicesOf(course, 'full')).toHaveLength(course.services.length);
    expect(namesOf(servicesOf(course, 'light'))).toEqual(['broker', 'cassandra']);
    expect(course.services.filter((one) => isOneShot(one, course.services)).map(({ name }) => name)).toEqual([
      'secrets',
      'airflow-init',
    ]);
  });

  it('stays within 2 GB in light', () => {
    expect(memoryOf(servicesOf(course, 'light'))).toBeLessThanOrEqual(2 * 1024 ** 3);
  });
});
