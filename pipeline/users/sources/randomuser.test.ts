// Lets a local web server fail in every way the live API and the networks before it do.
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { RiachoError } from '../../../words/errors.ts';
import { SourceUnreachable } from '../../sources/faults.ts';
import { apiAnswer } from '../raw-user.ts';
import { createRandomuserSource, type RandomuserOptions } from './randomuser.ts';

const recorded = readFileSync(new URL('../../../tests/data/randomuser-answer.json', import.meta.url));
const recordedUsers = apiAnswer.parse(JSON.parse(recorded.toString())).results;
const never = new AbortController().signal;

type Answer = (response: ServerResponse, request: IncomingMessage) => void;
const servers = new Set<ReturnType<typeof createServer>>();

async function serve(answer: Answer): Promise<string> {
  const server = createServer((request, response) => answer(response, request));
  servers.add(server);
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, '127.0.0.1', resolve);
  await promise;
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return `http://127.0.0.1:${address.port}/api/`;
}

afterEach(() => {
  for (const server of servers) {
    server.close();
    server.closeAllConnections();
  }
  servers.clear();
});

/** The error of the one take from a server that answers so. */
async function faultFrom(answer: Answer, options: RandomuserOptions = {}): Promise<RiachoError> {
  const url = await serve(answer);
  const error: unknown = await createRandomuserSource({ url, ...options })
    .take(10, never)
    .catch((thrown: unknown) => thrown);
  if (!(error instanceof RiachoError)) throw new Error(`no fault but ${String(error)}`);
  expect(error.params['url']).toBe(url);
  return error;
}

const send =
  (status: number, body: string | Buffer, headers: Record<string, string> = {}): Answer =>
  (response) =>
    response.writeHead(status, headers).end(body);

describe('what it asks', () => {
  it.each([
    ['http://h/api/', 7, '?results=7'],
    ['http://h/api/?nat=br&seed=x', 7, '?nat=br&seed=x&results=7'],
    ['http://h/api/?results=3', 7, '?results=7'],
    ['http://h/api/', 9_999, '?results=5000'],
    ['http://h/api/', 0, '?results=1'],
  ])('%s and %s users: %s', async (url, max, query) => {
    const asked: (string | undefined)[] = [];
    const base = await serve((response, request) => {
      asked.push(request.url);
      response.end(recorded);
    });
    const { search } = new URL(url);
    await createRandomuserSource({ url: base + search }).take(max, never);
    expect(asked).toEqual([`/api/${query}`]);
  });

  it('refuses at once what is no web address', () => {
    for (const url of ['randomuser', 'file:///etc/hosts', '']) {
      expect(() => createRandomuserSource({ url })).toThrow(expect.objectContaining({ code: 'BAD_INPUT' }));
    }
  });
});

describe('what it takes', () => {
  it('the users of a recorded answer, byte for byte, and when they came', async () => {
    const before = Date.now();
    const url = await serve(send(200, recorded, { 'content-type': 'application/json' }));
    const { users, fetchedAt } = await createRandomuserSource({ url }).take(10, never);
    expect(users).toEqual(recordedUsers);
    expect(fetchedAt).toBeGreaterThanOrEqual(before);
    expect(fetchedAt).toBeLessThanOrEqual(Date.now());
  });

  it('never more than were asked for, and fewer where there are fewer', async () => {
    const url = await serve(send(200, recorded));
    const source = createRandomuserSource({ url });
    expect((await source.take(3, never)).users).toEqual(recordedUsers.slice(0, 3));
    expect((await source.take(500, never)).users).toHaveLength(10);
  });

  it('users whose other fields are null, absent or of another kind', async () => {
    const odd = recordedUsers.map((user) => ({
      ...user,
      id: { name: '', value: null },
      nat: 7,
      cell: undefined,
    }));
    const url = await serve(send(200, JSON.stringify({ results: odd, info: null })));
    expect((await createRandomuserSource({ url }).take(10, never)).users).toEqual(recordedUsers);
  });
});

describe('SOURCE_NOT_API, which is final', () => {
  it.each([
    ['a page', send(200, '<!doctype html><p>Sign in</p>'), 'no JSON'],
    ['another format', send(200, 'results:\n  - gender: male\n'), 'no JSON'],
    ['JSON of something else', send(200, '{"status":"ok"}'), 'results ≠ array'],
    ['users without what we need', send(200, '{"results":[{"gender":"male"}]}'), 'results.0.name ≠ object'],
    [
      'its own words',
      send(200, '{"error":"Uh oh, something has gone wrong."}'),
      'Uh oh, something has gone wrong.',
    ],
    ['nobody', send(200, '{"results":[]}'), 'no users in the answer'],
    ['404', send(404, 'Not Found'), 'HTTP 404'],
    ['401', send(401, ''), 'HTTP 401'],
    ['410', send(410, ''), 'HTTP 410'],
  ])('%s', async (_name, answer, detail) => {
    const fault = await faultFrom(answer);
    expect(fault).not.toBeInstanceOf(SourceUnreachable);
    expect(fault.fault).toMatchObject({ code: 'SOURCE_NOT_API', params: { detail } });
  });
});

it('SOURCE_REFUSED, with the reason, where the API says why', async () => {
  const fault = await faultFrom(send(400, '{"error":"no such nationality"}'));
  expect(fault.fault).toMatchObject({ code: 'SOURCE_REFUSED', params: { detail: 'no such nationality' } });
});

it('gives up on an answer that does not end, before it fills the memory', async () => {
  const mebibyte = Buffer.alloc(1024 * 1024, ' ');
  const fault = await faultFrom((response) => {
    const more = () => {
      while (!response.destroyed && response.write(mebibyte));
    };
    response.on('drain', more);
    more();
  });
  expect(fault).toMatchObject({ code: 'SOURCE_NOT_API', params: { detail: 'more than 67108864 bytes' } });
});

describe('SOURCE_UNREACHABLE, after which asking again makes sense', () => {
  const cut = recorded.subarray(0, 2_000);
  it.each([
    ['429', send(429, '{"error":"too many"}'), 'HTTP 429'],
    ['403 with a page', send(403, '<html>blocked</html>', { 'content-type': 'text/html' }), 'HTTP 403'],
    ['408', send(408, ''), 'HTTP 408'],
    ['500', send(500, 'oops'), 'HTTP 500'],
    ['503', send(503, '{"error":"ease up"}'), 'HTTP 503'],
    ['a connection that breaks in the answer', breakAfter(cut), 'UND_ERR_SOCKET'],
    ['an answer that ends in the middle', send(200, cut), 'answer cut off'],
    ['an empty answer', send(200, ''), 'answer cut off'],
    [
      'a connection closed without a word',
      (response: ServerResponse) => void response.destroy(),
      'UND_ERR_SOCKET',
    ],
  ])('%s', async (_name, answer, detail) => {
    const fault = await faultFrom(answer);
    expect(fault).toBeInstanceOf(SourceUnreachable);
    expect(fault.fault).toMatchObject({ code: 'SOURCE_UNREACHABLE', params: { detail } });
  });

  function breakAfter(bytes: Buffer): Answer {
    return (response) => {
      response.writeHead(200, { 'content-length': recorded.length });
      response.write(bytes, () => response.destroy());
    };
  }

  it('nobody listens', async () => {
    const url = await serve(send(200, ''));
    const [server] = servers;
    const { promise, resolve } = Promise.withResolvers<unknown>();
    server?.close(resolve);
    await promise;
    await expect(createRandomuserSource({ url }).take(1, never)).rejects.toMatchObject({
      code: 'SOURCE_UNREACHABLE',
      params: { url, detail: 'ECONNREFUSED' },
    });
  });

  it.each([
    ['before the answer', () => undefined],
    ['within the answer', (response: ServerResponse) => void response.writeHead(200).write('{"results":[')],
  ])('silence %s for longer than a request may take', async (_name, answer) => {
    const fault = await faultFrom(answer, { timeoutMs: 50 });
    expect(fault).toBeInstanceOf(SourceUnreachable);
    expect(fault.params['detail']).toBe('no answer within 50 ms');
  });

  it('is less patient until the first answer, where told so', async () => {
    const isAnswering = [false, true, false];
    const url = await serve((response) => void (isAnswering.shift() === true && response.end(recorded)));
    const source = createRandomuserSource({ url, firstTimeoutMs: 40, timeoutMs: 60 });
    await expect(source.take(1, never)).rejects.toMatchObject({
      params: { detail: 'no answer within 40 ms' },
    });
    expect((await source.take(1, never)).users).toHaveLength(1);
    await expect(source.take(1, never)).rejects.toMatchObject({
      params: { detail: 'no answer within 60 ms' },
    });
  });

  it.each([
    ['120', 120_000],
    ['0', 0],
    ['soon', undefined],
    ['-5', undefined],
  ])('carries Retry-After: %s', async (header, retryAfterMs) => {
    const fault = await faultFrom(send(429, '', { 'retry-after': header }));
    expect(fault).toMatchObject({ code: 'SOURCE_UNREACHABLE', retryAfterMs });
  });

  it('carries a Retry-After that is a date', async () => {
    const at = new Date(Date.now() + 3_600_000).toUTCString();
    const fault = await faultFrom(send(503, '', { 'retry-after': at }));
    const waitMs = fault instanceof SourceUnreachable ? fault.retryAfterMs : undefined;
    expect(waitMs).toBeGreaterThan(3_500_000);
    expect(waitMs).toBeLessThanOrEqual(3_600_000);
  });
});

describe('a caller who gives up', () => {
  it('hears CANCELLED at once, and nothing is asked', async () => {
    const asked: unknown[] = [];
    const url = await serve((_response, request) => void asked.push(request.url));
    await expect(createRandomuserSource({ url }).take(1, AbortSignal.abort())).rejects.toMatchObject({
      code: 'CANCELLED',
    });
    expect(asked).toEqual([]);
  });

  it('hears CANCELLED while an answer is awaited', async () => {
    const asking = new AbortController();
    const url = await serve(() => asking.abort());
    await expect(createRandomuserSource({ url }).take(1, asking.signal)).rejects.toMatchObject({
      code: 'CANCELLED',
    });
  });
});

it('shows no query and no password in a fault', async () => {
  const url = new URL(await serve(send(404, '')));
  url.search = '?key=secret';
  const error: unknown = await createRandomuserSource({ url: url.href })
    .take(1, never)
    .catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ params: { url: `${url.origin}/api/` } });
  expect(String(error)).not.toContain('secret');
});
