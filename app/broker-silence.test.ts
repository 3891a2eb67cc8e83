// Runs while Kafka is away: said at once, by what the stack knows, and never instead of what a run knows better.
import { describe, expect, it } from 'vitest';
import type { ConsumerFrame, RunState } from '../words/runs.ts';
import type { ServiceState } from '../words/stack.ts';
import { silenceOf, toldWithout } from './broker-silence.ts';

const address = '127.0.0.1:9092';
const silence = { code: 'BROKER_UNREACHABLE', params: { address } } as const;

const consumerIn = (state: RunState): ConsumerFrame => ({
  state,
  mode: 'initial',
  processor: 'builtin',
  written: 7,
  deadLetters: 0,
  skipped: 0,
  rewinds: 0,
  lost: 0,
  startedAt: 1,
});

describe('Kafka', () => {
  it.each<ServiceState>(['starting', 'unhealthy', 'stopping', 'stopped', 'failed'])(
    'does not answer while it is %s',
    (state) => {
      expect(silenceOf({ services: [{ name: 'kafka', state, address }] })).toEqual(silence);
    },
  );

  it('answers while it is healthy, and where nobody knows of one', () => {
    expect(silenceOf({ services: [{ name: 'kafka', state: 'healthy', address }] })).toBeUndefined();
    expect(silenceOf({ services: [{ name: 'cassandra', state: 'failed', address }] })).toBeUndefined();
    expect(silenceOf({ services: [{ name: 'kafka', state: 'stopped', address: '' }] })).toBeUndefined();
  });
});

describe('a run while Kafka is away', () => {
  const waiting: RunState = { status: 'waiting', for: 'kafka', fault: silence };

  it.each<RunState>([{ status: 'running' }, { status: 'waiting', for: 'kafka' }])(
    'that says %j waits for it, and says why',
    (state) => {
      expect(toldWithout(silence, consumerIn(state))).toEqual(consumerIn(waiting));
    },
  );

  it.each<RunState>([
    { status: 'starting' },
    { status: 'stopping' },
    { status: 'done' },
    { status: 'waiting', for: 'cassandra', fault: { code: 'CASSANDRA_UNREACHABLE', params: { address } } },
    { status: 'waiting', for: 'kafka', fault: { code: 'TOPIC_MISSING', params: { topic: 'x' } } },
  ])('that says %j is believed', (state) => {
    expect(toldWithout(silence, consumerIn(state))).toEqual(consumerIn(state));
  });

  it('says what it is while Kafka answers', () => {
    expect(toldWithout(undefined, consumerIn({ status: 'running' })).state).toEqual({ status: 'running' });
  });
});
