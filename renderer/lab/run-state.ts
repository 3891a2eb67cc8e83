// What the cards ask of a run's state.
import type { RunState } from '../../words/runs.ts';

/** Whether the run is still under way. */
export function isActive(state: RunState | undefined): boolean {
  return state !== undefined && state.status !== 'done' && state.status !== 'failed';
}
