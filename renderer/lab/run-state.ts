// What the cards and the canvas ask of a run's state.
import type { TFunction } from 'i18next';
import type { RunState } from '../../words/runs.ts';

/** Whether the run is still under way. */
export function isActive(state: RunState | undefined): boolean {
  return state !== undefined && state.status !== 'done' && state.status !== 'failed';
}

/** How it is, in a word or two; where it waits, for what. */
export function stateWord(state: RunState, t: TFunction): string {
  return state.status === 'waiting' ? t(`waiting.${state.for}`) : t(`screens.lab.runStates.${state.status}`);
}
