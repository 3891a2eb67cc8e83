// What every procedure of the contract shares: its typed errors, and the shape of a pulled answer.
import { oc } from '@orpc/contract';
import { z } from 'zod';
import { errorCodes, type ErrorCode } from '../words/errors.ts';
import { errorParams } from '../words/fault.ts';
import { limitMax } from './limits.ts';

/** Each code of `words/errors.ts`, with the parameters of its sentence as data. */
const errors = Object.fromEntries(errorCodes.map((code) => [code, { data: errorParams }])) as Record<
  ErrorCode,
  { data: typeof errorParams }
>;

/** The base of every procedure: each can fail with each code. */
export const procedure = oc.errors(errors);

/** `after` is the version of the last frame seen; 0 asks for what is known now. */
export const after = z.object({ after: z.number().int().nonnegative() });

/** An answer of a long poll: `skipped` counts what lay between `after` and this frame and is not in it. */
export const framed = <T extends z.ZodType>(frame: T) =>
  z.object({ version: z.number().int(), frame, skipped: z.number().int() });

/** A reading that the app keeps for one client: pulled by `next`, ended by `close` or by not being pulled for long. */
export const session = z.object({ session: z.string().min(1).max(64) });

export const limit = z.number().int().min(1).max(limitMax);
/** An absolute path on the machine that runs the app. */
export const filePath = z.string().min(1).max(4_096);
