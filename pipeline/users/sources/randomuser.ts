// The live API: asks for many users in one request and says exactly what went wrong when it fails.
// Does not pace or repeat: how often to ask, and when again, is the producer's business.
import { RiachoError } from '../../../words/errors.ts';
import { networkDetail } from '../../network-detail.ts';
import { apiAnswer, firstIssue, type RawUser } from '../raw-user.ts';
import { SourceUnreachable, throwIfAborted, type Source } from './source.ts';

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

/** How long one request may take, from connecting to the last byte. */
const requestTimeoutMs = 15_000;
/** 5,000 users are about 6 MB; an endless answer of something else must not fill the memory. */
const answerMaxBytes = 64 * 1024 * 1024;
/** Refusals that pass by themselves; any other 4xx says that the address is wrong. 403 is how the API's front turns cloud addresses away. */
const transientStatuses: ReadonlySet<number> = new Set([403, 408, 429]);

export interface RandomuserOptions {
  /** May carry a query of its own (`?nat=br`); `results` is set by the source. */
  url?: string | undefined;
  timeoutMs?: number;
  /** Until the first answer, where `timeoutMs` would keep a person waiting. */
  firstTimeoutMs?: number;
}

/**
 * The API at `url`. Faults: `SOURCE_NOT_API` {url, detail} where asking again is of no use (no JSON, no users, 4xx),
 * `SourceUnreachable` where it is (403, 408, 429, 5xx, network, timeout, an answer cut off), `BAD_INPUT` {detail} at once
 * for what is no web address. The url in a fault is without query and credentials.
 */
export function createRandomuserSource(options: RandomuserOptions = {}): Source {
  const address = webAddress(options.url ?? randomuserUrl);
  const timeoutMs = options.timeoutMs ?? requestTimeoutMs;
  let nextTimeoutMs = options.firstTimeoutMs ?? timeoutMs;
  return {
    origin: 'randomuser',
    async take(max, signal) {
      throwIfAborted(signal);
      const wanted = Math.min(Math.max(max, randomuserLimits.resultsMin), randomuserLimits.resultsMax);
      const asked = new URL(address);
      asked.searchParams.set('results', String(wanted));
      const text = await request(asked, nextTimeoutMs, signal);
      const users = readUsers(text, sayable(asked));
      nextTimeoutMs = timeoutMs;
      return { users: users.slice(0, wanted), fetchedAt: Date.now() };
    },
  };
}

function webAddress(url: string): URL {
  const address = URL.parse(url);
  if (address === null || !/^https?:$/.test(address.protocol)) {
    throw new RiachoError('BAD_INPUT', { detail: `no web address: ${url}` });
  }
  return address;
}

/** A query or user part may hold a key: neither is shown or logged. */
function sayable(url: URL): string {
  return url.origin + url.pathname;
}

/** The body of a 2xx answer as text. */
async function request(url: URL, timeoutMs: number, signal: AbortSignal): Promise<string> {
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(url, {
      headers: { accept: 'application/json' },
      signal: AbortSignal.any([signal, timeout]),
    });
    if (!response.ok) {
      // Frees the connection; what a refusal says beside its status is not needed.
      await response.body?.cancel();
      throw refusal(url, response);
    }
    return await readBody(url, response);
  } catch (cause) {
    throwIfAborted(signal);
    if (cause instanceof RiachoError) throw cause;
    const detail = timeout.aborted ? `no answer within ${timeoutMs} ms` : networkDetail(cause);
    throw new SourceUnreachable({ url: sayable(url), detail }, cause);
  }
}

function refusal(url: URL, response: Response): RiachoError {
  const { status, headers } = response;
  const about = { url: sayable(url), detail: `HTTP ${status}` };
  if (status < 500 && !transientStatuses.has(status)) return new RiachoError('SOURCE_NOT_API', about);
  return new SourceUnreachable({ ...about, retryAfterMs: retryAfterMs(headers.get('retry-after')) });
}

/** Seconds or a date, as RFC 9110 (10.2.3) allows both; `undefined` for anything else. */
function retryAfterMs(header: string | null): number | undefined {
  if (header === null) return undefined;
  if (/^\d+$/.test(header.trim())) return Number(header) * 1000;
  // Every date of HTTP ends so; `Date.parse` alone takes nearly anything for one.
  const at = header.endsWith('GMT') ? Date.parse(header) : Number.NaN;
  return Number.isNaN(at) ? undefined : Math.max(0, at - Date.now());
}

async function readBody(url: URL, response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > answerMaxBytes) {
      throw new RiachoError('SOURCE_NOT_API', {
        url: sayable(url),
        detail: `more than ${answerMaxBytes} bytes`,
      });
    }
    chunks.push(chunk);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}

function readUsers(text: string, url: string): RawUser[] {
  const parsed = parseAnswer(text, url);
  const answer = apiAnswer.safeParse(parsed);
  if (!answer.success)
    throw new RiachoError('SOURCE_NOT_API', { url, detail: ownWords(parsed) ?? firstIssue(answer.error) });
  // The API never answers with nobody; were it taken for an end, a run would stop without a word.
  if (answer.data.results.length === 0)
    throw new RiachoError('SOURCE_NOT_API', { url, detail: 'no users in the answer' });
  return answer.data.results;
}

function parseAnswer(text: string, url: string): unknown {
  try {
    const parsed: unknown = JSON.parse(text);
    return parsed;
  } catch (cause) {
    // What begins as JSON (or not at all) and breaks off came over a broken connection; a page never begins so.
    if (/^\s*(?:[{[]|$)/.test(text)) throw new SourceUnreachable({ url, detail: 'answer cut off' }, cause);
    throw new RiachoError('SOURCE_NOT_API', { url, detail: 'no JSON' }, cause);
  }
}

/** The API explains itself as `{"error": "…"}`; its first 200 characters. */
function ownWords(parsed: unknown): string | undefined {
  if (typeof parsed !== 'object' || parsed === null || !('error' in parsed)) return undefined;
  return typeof parsed.error === 'string' ? parsed.error.slice(0, 200) : undefined;
}
