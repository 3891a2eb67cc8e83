// What was done becomes an entry, whatever its end; what was only looked at does not.
import { describe, expect, it } from 'vitest';
import { RiachoError } from '../words/errors.ts';
import { Activities } from './activities.ts';

async function entriesOf(activities: Activities) {
  return (await activities.next(0)).frame.entries;
}

describe('activities', () => {
  it('show a call while it runs, and how it ended', async () => {
    const activities = new Activities('/lab');
    const work = Promise.withResolvers<string>();
    const call = activities.record('stack.start', { leaveRunning: true }, () => work.promise);
    const first = await activities.next(0);
    expect(first.frame.entries).toEqual([
      {
        id: 1,
        action: 'stack.start',
        status: 'running',
        startedAt: expect.any(Number),
        detail: '',
        command: 'npm run riacho -- up --data-dir /lab --detach',
      },
    ]);
    work.resolve('up');
    expect(await call).toBe('up');
    const next = await activities.next(first.version);
    expect(next.frame.entries).toMatchObject([{ id: 1, status: 'done', endedAt: expect.any(Number) }]);
  });

  it('tell a failure from what was called off, and pass both on', async () => {
    const activities = new Activities(undefined);
    const abort = Object.assign(new Error('aborted'), { name: 'AbortError' });
    const failures = [
      new RiachoError('RUN_ACTIVE', { run: 'producer' }),
      new RiachoError('CANCELLED'),
      abort,
    ];
    for (const failure of failures) {
      await expect(activities.record('producer.stop', undefined, () => Promise.reject(failure))).rejects.toBe(
        failure,
      );
    }
    const entries = await entriesOf(activities);
    expect(entries.map(({ status }) => status)).toEqual(['failed', 'cancelled', 'cancelled']);
    expect(entries[0]?.fault).toEqual({ code: 'RUN_ACTIVE', params: { run: 'producer' } });
  });

  it('leave out whoever only looks', async () => {
    const activities = new Activities(undefined);
    expect(await activities.record('rows.read', {}, async () => 7)).toBe(7);
    expect(await entriesOf(activities)).toEqual([]);
  });

  it('keep the newest 200, and tell the newest 100 of them', async () => {
    const activities = new Activities(undefined);
    for (let count = 0; count < 250; count += 1) {
      await activities.record('export.cancel', undefined, async () => undefined);
    }
    expect(activities.entries.map(({ id }) => id)).toEqual(
      Array.from({ length: 200 }, (_, index) => index + 51),
    );
    expect((await entriesOf(activities)).map(({ id }) => id)).toEqual(
      Array.from({ length: 100 }, (_, index) => index + 151),
    );
  });
});
