// The wait between two looks at something that does not tell when it changes.
import { setTimeout as delay } from 'node:timers/promises';

/** How often an engine that went is looked for, and what no event tells is looked at. */
const lookEveryMs = 1_000;

/** False when it was ended by `signal`; true when it is time to look again. */
export async function pause(signal: AbortSignal): Promise<boolean> {
  await delay(lookEveryMs, undefined, { signal }).catch(() => undefined);
  return !signal.aborted;
}
