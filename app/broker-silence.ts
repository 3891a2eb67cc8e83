// What a run says while Kafka is away: its own client tries for long before it gives up, the stack knows at once.
import type { Fault } from '../words/errors.ts';
import type { ConsumerFrame, ProducerFrame } from '../words/runs.ts';
import type { StackStatus } from '../words/stack.ts';

/** Why no Kafka answers, as its own stack has it; undefined while it is healthy, or not known by an address. */
export function silenceOf({ services }: Pick<StackStatus, 'services'>): Fault | undefined {
  const kafka = services.find(({ name }) => name === 'kafka');
  if (!kafka?.address || kafka.state === 'healthy') return undefined;
  return { code: 'BROKER_UNREACHABLE', params: { address: kafka.address } };
}

/** The frame of a run that needs Kafka; what it says of itself beyond that it runs stays. */
export function toldWithout<F extends ProducerFrame | ConsumerFrame>(
  silence: Fault | undefined,
  frame: F,
): F {
  const { state } = frame;
  const isUnaware = state.status === 'running' || (state.status === 'waiting' && state.for === 'kafka');
  if (!silence || !isUnaware || (state.status === 'waiting' && state.fault)) return frame;
  return { ...frame, state: { status: 'waiting', for: 'kafka', fault: silence } };
}
