// The seeds of this run, and what is drawn from each. `npm run test:faults -- --seeds N` sets them; CI has one.
import { z } from 'zod';
import { createDice } from '../../pipeline/sources/seeded-dice.ts';

const first = 20261122;
const environment = z.object({
  RIACHO_FAULT_SEED: z.coerce.number().int().default(first),
  RIACHO_FAULT_SEEDS: z.coerce.number().int().positive().default(1),
  RIACHO_FAULT_LENGTH: z.enum(['short', 'long']).default('short'),
});
const { RIACHO_FAULT_SEED, RIACHO_FAULT_SEEDS, RIACHO_FAULT_LENGTH } = environment.parse(process.env);

/** One run of every fault each. */
export const seeds: readonly number[] = Array.from(
  { length: RIACHO_FAULT_SEEDS },
  (_, index) => RIACHO_FAULT_SEED + index,
);

/** How long an outage lasts, in ms: what is asked of the product, or, with every change, what CI has time for. */
export const outageMs = RIACHO_FAULT_LENGTH === 'long' ? 30_000 : 4_000;
/** How long a process is held up: longer than the group's session in either case. */
export const haltMs = RIACHO_FAULT_LENGTH === 'long' ? 45_000 : 8_000;

/** Numbers between two, the same ones each time for one seed. */
export function drawing(seed: number): (from: number, to: number) => number {
  const dice = createDice(seed);
  return (from, to) => from + (dice.int(0, 1_000) / 1_000) * (to - from);
}
