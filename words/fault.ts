// What can go wrong as it is taken from outside: shapes of what errors.ts names.
import { z } from 'zod';
import { errorCodes } from './errors.ts';

export const errorCode = z.enum(errorCodes);
export const errorParams = z.record(z.string(), z.union([z.string(), z.number()]));
export const fault = z.object({ code: errorCode, params: errorParams });
