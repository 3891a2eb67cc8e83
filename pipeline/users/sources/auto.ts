// The live API while it can be reached, and generated users from its first failure on, for good.
// Says so once; it is the caller who tells a person.
import { faultOf, type Fault } from '../../../words/errors.ts';
import { throwIfAborted } from '../../sources/faults.ts';
import type { Source } from './source.ts';

/** A small first request answers soonest, and shows soonest that there is no network. */
const firstTakeMax = 100;

export interface AutoOptions {
  live: Source;
  offline: Source;
  /** Called once, before the first generated users are returned, with why. */
  onFallback: (fault: Fault) => void;
}

/**
 * Takes from `live` until it fails, whether for a moment or for good, then from `offline` for ever;
 * `origin` changes with it. A cancelled take is no failure.
 */
export function createAutoSource({ live, offline, onFallback }: AutoOptions): Source {
  let current = live;
  let first = true;
  return {
    get origin() {
      return current.origin;
    },
    async take(max, signal) {
      if (current === offline) return offline.take(max, signal);
      try {
        const taken = await live.take(first ? Math.min(max, firstTakeMax) : max, signal);
        first = false;
        return taken;
      } catch (error) {
        throwIfAborted(signal);
        current = offline;
        onFallback(faultOf(error));
        return offline.take(max, signal);
      }
    },
  };
}
