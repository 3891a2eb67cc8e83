import { describe, expect, it } from 'vitest';
import type { ServiceName, StackStatus } from '../../words/stack.ts';
import { profileOf } from './stack-profile.ts';

function running(...names: ServiceName[]): StackStatus {
  return {
    engine: 'docker',
    stack: 'healthy',
    services: names.map((name) => ({ name, state: 'healthy', address: '', container: name })),
    notices: [],
  };
}

describe('the profile of a stack', () => {
  it.each([
    ['light', []],
    ['registry', ['schema-registry']],
    ['control-center', ['schema-registry', 'control-center']],
    ['spark', ['spark-master', 'spark-worker-1']],
    ['airflow', ['postgres', 'airflow-webserver', 'airflow-scheduler']],
    ['full', ['schema-registry', 'airflow-scheduler', 'spark-master']],
  ] as const)('is %s by its services', (profile, more) => {
    expect(profileOf(running('kafka', 'cassandra', ...more))).toBe(profile);
  });

  it('is the one that was asked for where Control Center had to be left out', () => {
    const status = running('kafka', 'cassandra', 'schema-registry');
    const leftOut = { kind: 'left-out', service: 'control-center', wanted: 8, found: 4 } as const;
    expect(profileOf({ ...status, notices: [leftOut] })).toBe('control-center');
  });

  it('is not that of services which only another profile would bring', () => {
    const status = running('kafka', 'cassandra');
    const wanted = { name: 'spark-master', state: 'stopped', address: '' } as const;
    expect(profileOf({ ...status, services: [...status.services, wanted] })).toBe('light');
  });

  it('is nobody’s while nothing runs, and of no other engine', () => {
    const stopped = { name: 'kafka', state: 'stopped', address: '' } as const;
    expect(profileOf({ ...running(), stack: 'stopped', services: [stopped] })).toBeUndefined();
    expect(profileOf({ ...running('kafka', 'cassandra'), engine: 'embedded' })).toBeUndefined();
  });
});
