// How an action ended, in the word of `screens.frame`.
import type { Activity } from '../../words/lab.ts';

/** What these set off goes on when the call is done. */
const beginnings: readonly Activity['action'][] = ['producer.start', 'consumer.start', 'export.start'];

export function outcomeOf({ action, status }: Activity): Activity['status'] | 'begun' {
  return status === 'done' && beginnings.includes(action) ? 'begun' : status;
}
