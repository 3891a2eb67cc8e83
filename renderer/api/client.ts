// The contract's client: every call goes to whichever link is open, and every failure comes back as a fault.
import { createORPCClient, type ClientLink } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import type { contract } from '../../contract/contract.ts';
import { RiachoError } from '../../words/errors.ts';
import type { Connection } from './connection.ts';
import { toFault } from './fault.ts';

export type Client = ContractRouterClient<typeof contract>;

/** Rejections are `RiachoError`s, or the signal's reason where the caller gave up. */
export function createClient(connection: Connection): Client {
  const link: ClientLink<Record<never, never>> = {
    async call(path, input, options) {
      const open = await connection.link(options.signal);
      try {
        return await open.call(path, input, options);
      } catch (error) {
        if (options.signal?.aborted) throw error;
        const { code, params } = toFault(error, connection.state.getState().status === 'open');
        throw new RiachoError(code, params, error);
      }
    },
  };
  return createORPCClient(link);
}
