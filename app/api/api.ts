// The contract made ready to be served: whatever a handler throws becomes a typed error.
import { implement, ORPCError, type ImplementerInternalWithMiddlewares } from '@orpc/server';
import { contract } from '../../contract/contract.ts';
import { faultOf, RiachoError } from '../../words/errors.ts';
import type { Services } from '../services.ts';

/** Turns whatever was thrown into a typed error of the contract; the evidence stays in the log file. */
function toContractError(error: unknown, log: Services['log']): unknown {
  if (error instanceof ORPCError) return error;
  const isAbort = error instanceof Error && error.name === 'AbortError';
  const { code, params } = isAbort ? new RiachoError('CANCELLED') : faultOf(error);
  // Whoever leaves a screen gives up its calls: nothing that a log should tell.
  if (code !== 'CANCELLED') log('a call failed', error);
  return new ORPCError(code, { defined: true, data: params, message: code });
}

/** What each part of the router is written with. */
export function createApi({ log, activities }: Services): Api {
  return implement(contract).use(async ({ next, path }, input) => {
    try {
      return await activities.record(path.join('.'), input, () => next());
    } catch (error) {
      throw toContractError(error, log);
    }
  });
}

/** Written out: what would be inferred is too long for a declaration. */
export type Api = ImplementerInternalWithMiddlewares<
  typeof contract,
  Record<never, never>,
  Record<never, never>
>;
