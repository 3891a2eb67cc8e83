import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { usersTopic } from '../../words/users.ts';
import type { BrowseFilter, BrowseFrom } from '../../words/browse.ts';
import { brokerGone, FakeBroker } from '../users/testing/fake-broker.ts';
import { BrowseSession, type Pulled } from './session.ts';

const texts = (from: number, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `m${from + index}`);

async function open(
  broker: FakeBroker,
  options: { from?: BrowseFrom; filter?: BrowseFilter; rowsMax?: number } = {},
): Promise<BrowseSession> {
  const { from = { at: 'beginning' }, filter = { text: '' }, rowsMax } = options;
  const session = await BrowseSession.open({
    broker,
    topic: usersTopic,
    from,
    filter,
    ...(rowsMax !== undefined && { rowsMax }),
  });
  onTestFinished(() => session.close());
  return session;
}

/** Pulls, as a client does, until it has the end or `enough`. */
async function pull(session: BrowseSession, enough: (last: Pulled) => boolean, from = 0): Promise<string[]> {
  const seen: string[] = [];
  let after = from;
  await vi.waitFor(() => {
    const pulled = session.pull(after);
    after = pulled.version;
    seen.push(...pulled.frame.messages.map(({ preview }) => preview ?? ''));
    if (!enough(pulled)) throw new Error(`not yet: ${JSON.stringify(pulled.frame.state)}`);
  }, 5_000);
  return seen;
}

const is = (status: string) => (pulled: Pulled) => pulled.frame.state.status === status;

describe('a session with an end', () => {
  it('hands out every match once, frame by frame, and says that it is done only with the last', async () => {
    const broker = new FakeBroker();
    broker.put(usersTopic, ...texts(0, 1_300));
    const session = await open(broker);
    await vi.waitFor(() => expect(session.pull(1_299).frame.state).toEqual({ status: 'done' }));
    const first = session.pull(0);
    expect(first).toMatchObject({ version: 500, skipped: 0, frame: { state: { status: 'reading' } } });
    expect(first.frame).toMatchObject({ scanned: 1_300, total: 1_300, matched: 1_300 });
    const seen = await pull(session, is('done'));
    expect(seen.toSorted()).toEqual(texts(0, 1_300).toSorted());
    expect(broker.deletedGroups).toHaveLength(1);
  });

  it('rests when it is full, holds nobody in a group meanwhile, and goes on without a gap or a double', async () => {
    const broker = new FakeBroker();
    broker.put(usersTopic, ...texts(0, 25));
    const session = await open(broker, { rowsMax: 10 });
    const seen = await pull(session, is('full'));
    expect(seen).toHaveLength(10);
    expect(await broker.members()).toBe(0);
    session.resume();
    seen.push(...(await pull(session, is('full'), 10)));
    expect(seen).toHaveLength(20);
    session.resume();
    seen.push(...(await pull(session, is('done'), 20)));
    expect(seen.toSorted()).toEqual(texts(0, 25).toSorted());
  });

  it('resumed before everything was pulled keeps the rest for who pulls on', async () => {
    const broker = new FakeBroker();
    broker.put(usersTopic, ...texts(0, 1_500));
    const session = await open(broker, { rowsMax: 800 });
    await vi.waitFor(() => expect(session.pull(0).frame.matched).toBe(800));
    await vi.waitFor(() => expect(broker.deletedGroups).toHaveLength(1));
    const seen = session.pull(0).frame.messages.map(({ preview }) => preview ?? '');
    expect(seen).toHaveLength(500);
    session.resume();
    seen.push(...(await pull(session, is('full'), 500)));
    expect(new Set(seen).size).toBe(1_300);
  });

  it('finds the last matches of a whole topic for `newest`, in the order of time', async () => {
    const broker = new FakeBroker();
    broker.put(usersTopic, ...texts(0, 3_000));
    const session = await open(broker, { from: { at: 'newest' }, filter: { text: 'M' } });
    const seen = await pull(session, is('done'));
    expect(seen).toHaveLength(500);
    const { frame } = session.pull(0);
    expect(frame).toMatchObject({ scanned: 3_000, total: 3_000, matched: 3_000 });
    const last = seen.map((text) => Number(text.slice(1)));
    expect(Math.min(...last)).toBeGreaterThan(1_000);
  });

  it('that cannot go on says why', async () => {
    const broker = new FakeBroker();
    broker.put(usersTopic, 'a');
    broker.openReader = () => {
      throw brokerGone;
    };
    const session = await open(broker);
    await vi.waitFor(() =>
      expect(session.pull(0).frame.state).toEqual({ status: 'failed', fault: brokerGone.fault }),
    );
  });
});

describe('a live session', () => {
  it('gives a slow reader the newest frame and counts what it lost', async () => {
    const broker = new FakeBroker();
    broker.put(usersTopic, ...texts(0, 30));
    const session = await open(broker, { from: { at: 'live' } });
    broker.put(usersTopic, ...texts(30, 2_000));
    await vi.waitFor(() => expect(session.pull(0).frame.matched).toBe(2_000));
    const pulled = session.pull(0);
    expect(pulled).toMatchObject({ version: 2_000, skipped: 1_500, frame: { state: { status: 'live' } } });
    expect(pulled.frame.messages.map(({ seq }) => seq)).toEqual(
      Array.from({ length: 500 }, (_, index) => 1_501 + index),
    );
    expect(session.pull(2_000)).toMatchObject({ version: 2_000, skipped: 0, frame: { messages: [] } });
  });

  it('goes on where it was when the broker had been lost', async () => {
    const broker = new FakeBroker();
    broker.put(usersTopic, ...texts(0, 9));
    const session = await open(broker, { from: { at: 'live' } });
    broker.put(usersTopic, 'before');
    await vi.waitFor(() => expect(session.pull(0).frame.matched).toBe(1));
    broker.rejoin();
    broker.put(usersTopic, 'behind');
    expect(await pull(session, ({ version }) => version === 2)).toEqual(['before', 'behind']);
  });

  it('has news only when something changed since it was last asked', async () => {
    const broker = new FakeBroker();
    broker.put(usersTopic, 'old');
    const session = await open(broker, { from: { at: 'live' } });
    await vi.waitFor(() => expect(session.pull(0).frame.state).toEqual({ status: 'live' }));
    expect(session.hasNews(0)).toBe(false);
    broker.put(usersTopic, 'new');
    await vi.waitFor(() => expect(session.hasNews(0)).toBe(true));
  });
});
