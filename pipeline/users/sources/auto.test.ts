// Watches the change from live to generated users, and the choice among sources.
import { createServer } from 'node:http';
import { describe, expect, it } from 'vitest';
import { RiachoError, type Fault } from '../../../words/errors.ts';
import type { OriginName } from '../../../words/runs.ts';
import { createAutoSource } from './auto.ts';
import { openSource } from './open-source.ts';
import { SourceUnreachable } from '../../sources/faults.ts';
import type { Source } from './source.ts';

const never = new AbortController().signal;
const notApi = new RiachoError('SOURCE_NOT_API', { url: 'u', detail: 'no JSON' });
const unreachable = new SourceUnreachable({ url: 'u', detail: 'HTTP 429' });

/** A source that answers each take from a list: an error to throw, or nothing for no users at a known time. */
function fakeSource(origin: OriginName, fetchedAt: number, faults: (Error | undefined)[] = []) {
  const asked: number[] = [];
  const source: Source = {
    origin,
    async take(max) {
      asked.push(max);
      const fault = faults.shift();
      if (fault !== undefined) throw fault;
      return { users: [], fetchedAt };
    },
  };
  return { source, asked };
}

function autoOf(faults: (Error | undefined)[]) {
  const live = fakeSource('randomuser', 1, faults);
  const offline = fakeSource('offline', 2);
  const heard: Fault[] = [];
  const source = createAutoSource({
    live: live.source,
    offline: offline.source,
    onFallback: (fault) => heard.push(fault),
  });
  return { source, live, offline, heard };
}

describe('auto', () => {
  it('stays with the live API while it answers, and asks it for little at first', async () => {
    const { source, live, offline, heard } = autoOf([]);
    for (const max of [5_000, 5_000, 7])
      expect(await source.take(max, never)).toEqual({ users: [], fetchedAt: 1 });
    expect({ origin: source.origin, asked: live.asked, offline: offline.asked, heard }).toEqual({
      origin: 'randomuser',
      asked: [100, 5_000, 7],
      offline: [],
      heard: [],
    });
  });

  it.each([
    ['for good', notApi],
    ['for a moment', unreachable],
  ])(
    'goes on offline in the same take, for ever, and says so once, when the API fails %s',
    async (_name, fault) => {
      const { source, live, offline, heard } = autoOf([undefined, fault]);
      const times = [];
      for (const max of [9, 8, 7, 6]) times.push((await source.take(max, never)).fetchedAt);
      expect({ times, origin: source.origin, live: live.asked, offline: offline.asked, heard }).toEqual({
        times: [1, 2, 2, 2],
        origin: 'offline',
        live: [9, 8],
        offline: [8, 7, 6],
        heard: [fault.fault],
      });
    },
  );

  it('does not take a cancelled request for a failure', async () => {
    const { source, heard } = autoOf([new RiachoError('CANCELLED')]);
    await expect(source.take(1, AbortSignal.abort())).rejects.toMatchObject({ code: 'CANCELLED' });
    expect({ origin: source.origin, heard }).toEqual({ origin: 'randomuser', heard: [] });
  });
});

describe('openSource', () => {
  const chosen = { seed: 1, onFallback: () => undefined };

  it.each([
    [{ source: 'randomuser' as const }, 'randomuser'],
    [{ source: 'auto' as const }, 'randomuser'],
    [{ source: 'offline' as const }, 'offline'],
    [{ source: 'replay' as const, replayFile: '/none' }, 'replay'],
  ])('%j comes from %s', (choice, origin) => {
    expect(openSource({ ...chosen, ...choice }).origin).toBe(origin);
  });

  it.each([
    [{ source: 'replay' as const }],
    [{ source: 'randomuser' as const, url: 'nowhere' }],
    [{ source: 'auto' as const, url: 'ftp://x/' }],
  ])('refuses %j', (choice) => {
    expect(() => openSource({ ...chosen, ...choice })).toThrow(
      expect.objectContaining({ code: 'BAD_INPUT' }),
    );
  });

  it('brings generated users where auto meets a page in place of the API', async () => {
    const server = createServer((_request, response) => response.end('<html>Sign in</html>'));
    const { promise, resolve } = Promise.withResolvers<void>();
    server.listen(0, '127.0.0.1', resolve);
    await promise;
    const address = server.address();
    const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`;
    const heard: Fault[] = [];
    const source = openSource({ source: 'auto', url, seed: 1, onFallback: (fault) => heard.push(fault) });
    const { users } = await source.take(25, never);
    server.close();
    server.closeAllConnections();
    expect({ users: users.length, origin: source.origin, heard }).toEqual({
      users: 25,
      origin: 'offline',
      heard: [{ code: 'SOURCE_NOT_API', params: { url, detail: 'no JSON' } }],
    });
  });
});
