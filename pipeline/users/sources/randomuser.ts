// The live API: asks for many users in one request and says exactly what went wrong when it fails.
// Does not pace or repeat: how often to ask, and when again, is the producer's business.
import { RiachoError } from '../../../words/errors.ts';
import { askApi, sayable, webAddress } from '../../sources/web-api.ts';
import { apiAnswer } from '../raw-user.ts';
import type { Source } from './source.ts';

export const randomuserUrl = 'https://randomuser.me/api/';

/**
 * The API's limits. `resultsMax`: randomuser.me/documentation, 'Requesting multiple users'; a `results` outside
 * 1 to 5,000 silently means 1. The window: the API's own answer 429 once an address asked for more users than that.
 */
export const randomuserLimits = {
  resultsMin: 1,
  resultsMax: 5_000,
  usersPerWindow: 20_000,
  windowMs: 300_000,
} as const;

/** How long one request may take; 5,000 users are about 6 MB. */
const requestTimeoutMs = 15_000;

export interface RandomuserOptions {
  /** May carry a query of its own (`?nat=br`); `results` is set by the source. */
  url?: string | undefined;
  timeoutMs?: number;
  /** Until the first answer, where `timeoutMs` would keep a person waiting. */
  firstTimeoutMs?: number;
}

/** The API at `url`. Faults: those of `askApi`, and `BAD_INPUT` {detail} at once for what is no web address. */
export function createRandomuserSource(options: RandomuserOptions = {}): Source {
  const address = webAddress(options.url ?? randomuserUrl);
  const timeoutMs = options.timeoutMs ?? requestTimeoutMs;
  let nextTimeoutMs = options.firstTimeoutMs ?? timeoutMs;
  return {
    origin: 'randomuser',
    async take(max, signal) {
      const wanted = Math.min(Math.max(max, randomuserLimits.resultsMin), randomuserLimits.resultsMax);
      const url = new URL(address);
      url.searchParams.set('results', String(wanted));
      const { results } = await askApi({ url, shape: apiAnswer, timeoutMs: nextTimeoutMs, signal });
      // The API never answers with nobody; were it taken for an end, a run would stop without a word.
      if (results.length === 0)
        throw new RiachoError('SOURCE_NOT_API', { url: sayable(url), detail: 'no users in the answer' });
      nextTimeoutMs = timeoutMs;
      return { users: results.slice(0, wanted), fetchedAt: Date.now() };
    },
  };
}
