// What came back instead of an answer, as one of our codes.
import { ORPCError } from '@orpc/client';
import { z } from 'zod';
import { errorCode, errorParams, faultOf, RiachoError, type Fault } from '../../words/errors.ts';

/** `isOpen`: whether the connection still stands; without it the answer was lost on the way. */
export function toFault(error: unknown, isOpen: boolean): Fault {
  if (error instanceof RiachoError) return error.fault;
  if (error instanceof ORPCError) {
    const code = errorCode.safeParse(error.code);
    const params = errorParams.safeParse(error.data);
    if (code.success) return { code: code.data, params: params.success ? params.data : {} };
    if (error.code === 'BAD_REQUEST') return { code: 'BAD_INPUT', params: { detail: badFields(error.data) } };
  }
  return isOpen ? faultOf(error) : { code: 'CONNECTION_LOST', params: {} };
}

const refusal = z.object({
  issues: z.array(
    z.object({ path: z.array(z.union([z.string(), z.number()])).catch([]), message: z.string() }),
  ),
});

/** Names of the fields that the contract refused, and why. */
function badFields(data: unknown): string {
  const { issues } = refusal.catch({ issues: [] }).parse(data);
  return issues.map(({ path, message }) => [path.join('.'), message].filter(Boolean).join(': ')).join('; ');
}
