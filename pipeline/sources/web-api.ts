// One question to an API on the web, and exactly what went wrong where it failed.
// Does not pace or repeat: how often to ask, and when again, is the caller's business.
import type { z } from 'zod';
import { RiachoError } from '../../words/errors.ts';
import { jsonOf } from '../json-of.ts';
import { networkDetail } from '../network-detail.ts';
import { SourceUnreachable, throwIfAborted } from './faults.ts';

/** An endless answer of something else must not fill the memory. */
const answerMaxBytes = 64 * 1024 * 1024;
/** Refusals that pass by themselves; any other 4xx says that the question is wrong. 403 is how fronts turn cloud addresses away. */
const transientStatuses: ReadonlySet<number> = new Set([403, 408, 429]);
/** Of what an API says in its own words, this much is shown. */
const wordsMax = 200;

export interface Question<T> {
  /** Its query may hold a key: only origin and path are shown or logged. */
  url: URL;
  /** What the answer has to be. */
  shape: z.ZodType<T>;
  /** From connecting to the last byte. */
  timeoutMs: number;
  signal: AbortSignal;
}

/** Throws `BAD_INPUT` {detail} for what is no web address. */
export function webAddress(url: string): URL {
  const address = URL.parse(url);
  if (address === null || !/^https?:$/.test(address.protocol)) {
    throw new RiachoError('BAD_INPUT', { detail: `no web address: ${url}` });
  }
  return address;
}

/** A query or user part may hold a key: neither is shown or logged. */
export function sayable(url: URL): string {
  return url.origin + url.pathname;
}

/**
 * The answer, in its shape. Faults: `SOURCE_NOT_API` {url, detail} where asking again is of no use (no JSON, another shape,
 * 4xx), `SOURCE_REFUSED` {url, detail} where the API says why itself, `SourceUnreachable` where it is of use (403, 408, 429,
 * 5xx, network, timeout, an answer cut off), `CANCELLED`.
 */
export async function askApi<T>(question: Question<T>): Promise<T> {
  throwIfAborted(question.signal);
  const { status, text } = await request(question);
  const url = sayable(question.url);
  if (status >= 400) {
    const reason = ownWords(jsonOf(text));
    if (reason !== undefined) throw new RiachoError('SOURCE_REFUSED', { url, detail: reason });
    throw new RiachoError('SOURCE_NOT_API', { url, detail: `HTTP ${status}` });
  }
  const parsed = jsonOf(text);
  if (parsed === undefined) {
    // What begins as JSON (or not at all) and breaks off came over a broken connection; a page never begins so.
    if (/^\s*(?:[{[]|$)/.test(text)) throw new SourceUnreachable({ url, detail: 'answer cut off' });
    throw new RiachoError('SOURCE_NOT_API', { url, detail: 'no JSON' });
  }
  const answer = question.shape.safeParse(parsed);
  if (answer.success) return answer.data;
  throw new RiachoError('SOURCE_NOT_API', { url, detail: ownWords(parsed) ?? firstIssue(answer.error) });
}

/** Body and status of an answer that was not refused for a moment only. */
async function request<T>({
  url,
  timeoutMs,
  signal,
}: Question<T>): Promise<{ status: number; text: string }> {
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(url, {
      headers: { accept: 'application/json' },
      signal: AbortSignal.any([signal, timeout]),
    });
    const { status, headers } = response;
    if (status >= 500 || transientStatuses.has(status)) {
      // Frees the connection; what such a refusal says beside its status is not needed.
      await response.body?.cancel();
      const retryAfterMs = readRetryAfter(headers.get('retry-after'));
      throw new SourceUnreachable({ url: sayable(url), detail: `HTTP ${status}`, retryAfterMs });
    }
    return { status, text: await readBody(url, response) };
  } catch (cause) {
    throwIfAborted(signal);
    if (cause instanceof RiachoError) throw cause;
    const detail = timeout.aborted ? `no answer within ${timeoutMs} ms` : networkDetail(cause);
    throw new SourceUnreachable({ url: sayable(url), detail }, cause);
  }
}

/** Seconds or a date, as RFC 9110 (10.2.3) allows both; `undefined` for anything else. */
function readRetryAfter(header: string | null): number | undefined {
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

/** APIs explain themselves as `{"error": "…"}` (randomuser.me) or `{"error": true, "reason": "…"}` (Open-Meteo). */
function ownWords(parsed: unknown): string | undefined {
  if (typeof parsed !== 'object' || parsed === null || !('error' in parsed)) return undefined;
  const words = 'reason' in parsed ? parsed.reason : parsed.error;
  return typeof words === 'string' ? words.slice(0, wordsMax) : undefined;
}

/** The first thing a schema found wrong, in no language: `results.3.email ≠ string`. */
export function firstIssue(error: z.ZodError): string {
  const issue = error.issues[0];
  const path = issue?.path.join('.') || '{…}';
  return issue?.code === 'invalid_type' ? `${path} ≠ ${issue.expected}` : path;
}
