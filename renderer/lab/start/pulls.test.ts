import { describe, expect, it } from 'vitest';
import type { ServiceName, ServiceStatus } from '../../../words/stack.ts';
import { sumOf, withPulls } from './pulls.ts';

function pulling(name: ServiceName, image: string, done: number): ServiceStatus {
  return { name, state: 'pulling', address: '', step: { kind: 'pulling', image, done, total: 100 } };
}

describe('the sum of what is fetched', () => {
  it('counts an image once, however many services it is for', () => {
    const pulls = withPulls({}, [
      pulling('spark-master', 'apache/spark:3.5.4', 30),
      pulling('spark-worker-1', 'apache/spark:3.5.4', 30),
      pulling('cassandra', 'cassandra:5.0.2', 10),
    ]);
    expect(sumOf(pulls)).toEqual({ done: 40, total: 200 });
  });

  it('never falls back when an image has come', () => {
    const before = withPulls({}, [
      pulling('kafka', 'apache/kafka:3.9.0', 90),
      pulling('cassandra', 'cassandra:5.0.2', 10),
    ]);
    const after = withPulls(before, [
      { name: 'kafka', state: 'starting', address: '' },
      pulling('cassandra', 'cassandra:5.0.2', 15),
    ]);
    expect(sumOf(after)).toEqual({ done: 115, total: 200 });
  });

  it('is of nothing where every image is here', () => {
    expect(sumOf(withPulls({}, [{ name: 'kafka', state: 'starting', address: '' }]))).toEqual({
      done: 0,
      total: 0,
    });
  });
});
