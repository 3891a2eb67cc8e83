import { describe, expect, it } from 'vitest';
import type { ServiceState, StackStatus } from '../../words/stack.ts';
import { isStackUp } from './stack-state.ts';

function stackOf(stack: ServiceState, kafka: ServiceState, airflow: ServiceState): StackStatus {
  return {
    engine: 'docker',
    stack,
    services: [
      { name: 'kafka', state: kafka, address: '' },
      { name: 'cassandra', state: 'healthy', address: '' },
      { name: 'airflow-scheduler', state: airflow, address: '' },
    ],
    notices: [],
  };
}

describe('a stack', () => {
  it('is up when it is healthy, or was and a check fails', () => {
    expect(isStackUp(stackOf('healthy', 'healthy', 'healthy'), false)).toBe(true);
    expect(isStackUp(stackOf('unhealthy', 'unhealthy', 'healthy'), true)).toBe(true);
  });

  it('is not up while it starts, however far it is', () => {
    expect(isStackUp(stackOf('starting', 'healthy', 'starting'), false)).toBe(false);
  });

  it('stays up while one of its services is started again', () => {
    expect(isStackUp(stackOf('starting', 'healthy', 'starting'), true)).toBe(true);
    expect(isStackUp(stackOf('starting', 'starting', 'healthy'), true)).toBe(true);
  });

  it('is up without a service that the pipeline does without, and not without one that it needs', () => {
    expect(isStackUp(stackOf('failed', 'healthy', 'failed'), false)).toBe(true);
    expect(isStackUp(stackOf('failed', 'failed', 'healthy'), true)).toBe(false);
  });

  it('stays up while a service is stopped that the pipeline does without', () => {
    expect(isStackUp(stackOf('stopping', 'healthy', 'stopping'), true)).toBe(true);
    expect(isStackUp(stackOf('stopping', 'healthy', 'stopping'), false)).toBe(false);
  });

  it('is not up any more as soon as it stops', () => {
    expect(isStackUp(stackOf('stopping', 'stopping', 'stopping'), true)).toBe(false);
  });
});
