// What came back instead of an answer, as one of our codes.
import { ORPCError } from '@orpc/client';
import { errorCodes, faultOf, RiachoError, type ErrorParams, type Fault } from '../../words/errors.ts';
import { fieldOf } from './field-of.ts';

/** `isOpen`: whether the connection still stands; without it the answer was lost on the way. */
export function toFault(error: unknown, isOpen: boolean): Fault {
  if (error instanceof RiachoError) return error.fault;
  if (error instanceof ORPCError) {
    const code = errorCodes.find((known) => known === error.code);
    if (code) return { code, params: paramsOf(error.data) };
    if (error.code === 'BAD_REQUEST') return { code: 'BAD_INPUT', params: { detail: badFields(error.data) } };
  }
  return isOpen ? faultOf(error) : { code: 'CONNECTION_LOST', params: {} };
}

/** What a sentence can be filled in with. */
function paramsOf(data: unknown): ErrorParams {
  const entries = typeof data === 'object' && data !== null ? Object.entries(data) : [];
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string | number] =>
      ['string', 'number'].includes(typeof entry[1]),
    ),
  );
}

/** Names of the fields that the contract refused, and why. */
function badFields(data: unknown): string {
  const issues = fieldOf(data, 'issues');
  return (Array.isArray(issues) ? issues : [])
    .map((issue: unknown) => {
      const path = fieldOf(issue, 'path');
      const place = Array.isArray(path) ? path.join('.') : '';
      const why = fieldOf(issue, 'message');
      return [place, typeof why === 'string' ? why : ''].filter(Boolean).join(': ');
    })
    .filter((text) => text !== '')
    .join('; ');
}
