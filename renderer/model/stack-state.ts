// What the screens ask of a stack's state.
import type { LabService, ServiceName, ServiceStatus, StackStatus } from '../../words/stack.ts';

/** What the pipeline cannot do without. */
export const labServices = ['kafka', 'cassandra'] as const satisfies LabService[];

/**
 * Whether it is to be worked with: a service that fell and comes back by itself takes nothing away, nor does one that is
 * started again while the stack is up (`wasUp`), nor one that fails or is stopped and that the pipeline does without.
 */
export function isStackUp({ stack, services }: StackStatus, wasUp: boolean): boolean {
  if (stack === 'healthy' || stack === 'unhealthy' || (stack === 'starting' && wasUp)) return true;
  if (services.some(({ step }) => step?.kind === 'restarting')) return true;
  const hasPipeline = labServices.every((name) =>
    services.some((service) => service.name === name && service.state === 'healthy'),
  );
  return (stack === 'failed' || (stack === 'stopping' && wasUp)) && hasPipeline;
}

/** Whether there is something of it: others are only what a profile would bring. */
export function hasBegun({ container, state }: ServiceStatus): boolean {
  return container !== undefined || state === 'healthy' || state === 'unhealthy';
}

/** Whether it does its work and ends: nothing of it is there to be stopped, restarted or looked at. */
export function isOneShot(name: ServiceName): boolean {
  return name === 'secrets' || name === 'airflow-init';
}
