// The part of the API's user that the lab uses, and the shape of a whole answer.
// Checks shape only: whether a record may become a row is decided from its message (decide.ts).
import { z } from 'zod';

/**
 * A user as randomuser.me describes it (API 1.3 and 1.4): only the fields the record is made of.
 * Others (`id`, `nat`, `cell`, …) may be absent, null or anything, and are dropped.
 */
export const rawUser = z.object({
  gender: z.string(),
  name: z.object({ first: z.string(), last: z.string() }),
  location: z.object({
    street: z.object({ number: z.union([z.number(), z.string()]), name: z.string() }),
    city: z.string(),
    state: z.string(),
    country: z.string(),
    /** A number in most countries; text where it holds letters, blanks or leading zeros. */
    postcode: z.union([z.number(), z.string()]),
  }),
  email: z.string(),
  login: z.object({ username: z.string() }),
  /** ISO 8601, UTC. */
  dob: z.object({ date: z.string() }),
  registered: z.object({ date: z.string() }),
  phone: z.string(),
  picture: z.object({ medium: z.string() }),
});
export type RawUser = z.infer<typeof rawUser>;

/** A whole answer of the API; `info` and everything else beside `results` is dropped. */
export const apiAnswer = z.object({ results: z.array(rawUser) });
