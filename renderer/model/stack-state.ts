// What the screens ask of a stack's state.
import type { StackStatus } from '../../words/stack.ts';

/** Whether it is to be worked with: a service that fell and comes back by itself takes nothing away. */
export function isStackUp(status: StackStatus | undefined): boolean {
  if (!status) return false;
  const isMending = status.services.some(({ step }) => step?.kind === 'restarting');
  return status.stack === 'healthy' || status.stack === 'unhealthy' || isMending;
}
