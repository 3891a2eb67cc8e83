// A topic as a person reads it, on the real broker through the app's own contract: sessions that are pulled, one
// message opened, hand-made ones and what becomes of them.
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { Browsing } from '../../app/browsing.ts';
import { handMadeKinds, type BrowseFilter, type BrowseFrom, type RecordFate } from '../../words/browse.ts';
import { usersTopic } from '../../words/users.ts';
import { codeOf, openBrowsingLab, type BrowsingLab, type Pulled } from './browsing-lab.ts';
import { eventually } from './lab.ts';

let lab: BrowsingLab;
beforeAll(async () => {
  lab = await openBrowsingLab();
});
afterAll(async () => {
  await lab?.close();
});

async function readAll(from: BrowseFrom, filter: Partial<BrowseFilter> = {}): Promise<Pulled> {
  const { session } = await lab.client.messages.open({ topic: usersTopic, from, filter });
  const pulled = await lab.pullAll(session);
  await lab.client.messages.close({ session });
  return pulled;
}

const inOrder = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

describe('a session', () => {
  it('brings the newest by time, and all from the beginning, from an offset and from a time', async () => {
    await lab.produce(1_000);
    const between = Date.now() + 1;
    await eventually('a later moment', () => Date.now() > between);
    await lab.produce(700);

    const newest = await readAll({ at: 'newest' });
    expect(newest.messages.map(({ seq }) => seq)).toEqual(inOrder(500));
    expect(newest.frame).toMatchObject({ state: { status: 'done' }, total: 1_700 });
    const times = newest.messages.map(({ timestamp }) => timestamp);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(times[0]).toBeGreaterThan(between);

    const all = await readAll({ at: 'beginning' });
    expect(all.messages.map(({ seq }) => seq)).toEqual(inOrder(1_700));
    expect(new Set(all.messages.map(({ partition, offset }) => `${partition}/${offset}`)).size).toBe(1_700);
    expect(all).toMatchObject({ skipped: 0, frame: { scanned: 1_700, total: 1_700, matched: 1_700 } });

    const later = await readAll({ at: 'offset', offset: 300 });
    expect(Math.min(...later.messages.map(({ offset }) => offset))).toBe(300);
    expect(later.messages).toHaveLength(1_700 - 3 * 300);

    const recent = await readAll({ at: 'time', time: between });
    expect(recent.messages).toHaveLength(700);
    const future = await readAll({ at: 'time', time: Date.now() + 60_000 });
    expect(future).toMatchObject({ messages: [], frame: { state: { status: 'done' } } });
    await eventually('no group is left', async () => (await lab.browseGroups()).length === 0);
  });

  it('filters by text anywhere and by one field, letter case aside, through the whole topic', async () => {
    const all = await readAll({ at: 'beginning' });
    const [first] = all.messages;
    const place = { partition: first?.partition ?? -1, offset: first?.offset ?? -1 };
    const whole = await lab.client.messages.get({ topic: usersTopic, ...place });
    const { id, email } = JSON.parse(whole.value?.content ?? '');

    const byKey = await readAll({ at: 'newest' }, { text: id.toUpperCase(), field: 'key' });
    expect(byKey.messages).toMatchObject([{ ...place, key: id }]);
    expect(byKey.frame).toMatchObject({ scanned: 1_700, total: 1_700, matched: 1 });
    const byField = await readAll({ at: 'beginning' }, { text: email.toUpperCase(), field: 'email' });
    expect(byField.messages).toContainEqual(expect.objectContaining(place));
    // Looked at whole: of a long message the preview ends before its e-mail.
    for (const { partition, offset } of byField.messages) {
      const found = await lab.client.messages.get({ topic: usersTopic, partition, offset });
      expect(JSON.parse(found.value?.content ?? '').email).toContain(email);
    }
    expect((await readAll({ at: 'beginning' }, { text: id, field: 'email' })).frame.matched).toBe(0);
    expect((await readAll({ at: 'beginning' }, { text: id })).frame.matched).toBe(1);
    expect((await readAll({ at: 'beginning' }, { text: 'OFFLINE', field: 'header' })).frame.matched).toBe(
      1_700,
    );
  });

  it('rests when it has handed out as much as a client keeps, and goes on where it rested', async () => {
    await lab.produce(9_000);
    const { session } = await lab.client.messages.open({ topic: usersTopic, from: { at: 'beginning' } });
    const one = await lab.pullAll(session);
    expect(one.frame.state).toEqual({ status: 'full' });
    expect(one.messages.map(({ seq }) => seq)).toEqual(inOrder(10_000));
    await eventually('nobody reads while it rests', async () => (await lab.browseGroups()).length === 0);
    await lab.client.messages.resume({ session });
    const two = await lab.pullAll(session, 10_000);
    expect(two.frame).toMatchObject({ state: { status: 'done' }, scanned: 10_700, matched: 10_700 });
    const places = [...one.messages, ...two.messages].map(
      ({ partition, offset }) => `${partition}/${offset}`,
    );
    expect(new Set(places).size).toBe(10_700);
    expect(one.skipped + two.skipped).toBe(0);
    await lab.client.messages.close({ session });
  });

  it('shows live what comes after it was opened; a slow client gets the newest and how many it missed', async () => {
    const { session } = await lab.client.messages.open({ topic: usersTopic, from: { at: 'live' } });
    onTestFinished(() => lab.client.messages.close({ session }));
    const sent = await lab.client.messages.produce({ kind: 'good' });
    let answer = await lab.client.messages.next({ session, after: 0 });
    await eventually('it is there', async () => {
      answer = await lab.client.messages.next({ session, after: 0 });
      return answer.frame.messages.length > 0;
    });
    expect(answer).toMatchObject({
      version: 1,
      skipped: 0,
      frame: { state: { status: 'live' }, matched: 1 },
    });
    expect(answer.frame.messages).toMatchObject([sent]);

    await lab.produce(2_000);
    await eventually('all were looked at', async () => {
      answer = await lab.client.messages.next({ session, after: 1 });
      return answer.frame.matched === 2_001;
    });
    expect(answer).toMatchObject({ version: 2_001, skipped: 1_500 });
    expect(answer.frame.messages.map(({ seq }) => seq)).toEqual(inOrder(500).map((seq) => seq + 1_501));
  });

  it('whose client has vanished ends, and its group is deleted', async () => {
    const browsing = new Browsing(lab.connections, () => {}, 500);
    const { session } = await browsing.open({
      topic: usersTopic,
      from: { at: 'live' },
      filter: { text: '' },
    });
    await eventually('it reads', async () => (await lab.browseGroups()).length === 1);
    await eventually('it has ended', async () => (await lab.browseGroups()).length === 0);
    await expect(browsing.next({ session, after: 0 })).rejects.toMatchObject({ code: 'SESSION_GONE' });
  });

  it('ends with its app', async () => {
    const app = await lab.openApp();
    await app.client.messages.open({ topic: usersTopic, from: { at: 'live' } });
    await eventually('it reads', async () => (await lab.browseGroups()).length === 1);
    await app.close();
    expect(await lab.browseGroups()).toEqual([]);
  });
});

describe('one message', () => {
  it('is shown whole up to 1 MiB, and bytes that are no text as bytes', async () => {
    const large = await lab.client.messages.produce({ kind: 'one-megabyte' });
    const { value } = await lab.client.messages.get({ topic: usersTopic, ...large });
    expect(value).toMatchObject({ encoding: 'text', size: 1_047_552 });
    expect(Buffer.byteLength(value?.content ?? '')).toBe(1_047_552);

    const bytes = Buffer.from([0xff, 0x00, 0x41]);
    const producer = await lab.broker.openProducer();
    const headers = { raw: bytes, twice: ['a', 'b'] };
    const [place] = await producer.send(usersTopic, [{ key: bytes, value: bytes, headers }]);
    await producer.close();
    const view = { encoding: 'base64', content: bytes.toString('base64'), size: 3 };
    const raw = { partition: place?.partition ?? -1, offset: place?.offset ?? -1 };
    expect(await lab.client.messages.get({ topic: usersTopic, ...raw })).toMatchObject({
      ...raw,
      key: view,
      value: view,
      headers: [
        { name: 'raw', value: view.content, encoding: 'base64' },
        { name: 'twice', value: 'a', encoding: 'text' },
        { name: 'twice', value: 'b', encoding: 'text' },
      ],
    });
    const { messages } = await readAll({ at: 'newest' });
    expect(messages).toContainEqual(
      expect.objectContaining({ ...raw, isText: false, preview: 'ff0041', size: 3 }),
    );
  });

  it('that is not there is said to be gone', async () => {
    const get = (partition: number, offset: number): Promise<unknown> =>
      codeOf(lab.client.messages.get({ topic: usersTopic, partition, offset }));
    expect(await get(0, 99_999_999)).toBe('MESSAGE_GONE');
    expect(await get(17, 0)).toBe('MESSAGE_GONE');
  });
});

describe('a message sent by hand', () => {
  const became: Record<(typeof handMadeKinds)[number], Partial<RecordFate>> = {
    good: { status: 'written' },
    'no-email': { status: 'dead-letter', reason: 'bad-email' },
    'bad-email': { status: 'dead-letter', reason: 'bad-email' },
    'missing-field': { status: 'dead-letter', reason: 'missing-field' },
    'number-field': { status: 'written' },
    'not-json': { status: 'dead-letter', reason: 'not-json' },
    empty: { status: 'dead-letter', reason: 'empty-value' },
    'one-megabyte': { status: 'written' },
  };

  it('becomes what its kind says, once a consumer runs', async () => {
    await lab.client.consumer.start({ mode: 'append' });
    onTestFinished(() => lab.client.consumer.stop());
    const places = await Promise.all(
      handMadeKinds.map(async (kind) => ({ kind, place: await lab.client.messages.produce({ kind }) })),
    );
    await eventually('caught up', () => lab.client.consumer.isCaughtUp());
    const fates = await Promise.all(
      places.map(async ({ kind, place }) => {
        const { record } = await lab.follow({ by: 'message', ...place });
        return [kind, record?.fate];
      }),
    );
    expect(Object.fromEntries(fates)).toMatchObject(became);
    const { byReason, total } = await lab.client.deadLetters.read({});
    expect(total).toBe(5);
    expect(byReason).toEqual([
      { reason: 'bad-email', count: 2 },
      ...['empty-value', 'missing-field', 'not-json'].map((reason) => ({ reason, count: 1 })),
    ]);
    const some = await lab.client.deadLetters.read({ reason: 'not-json' });
    expect(some.letters.map(({ reason }) => reason)).toEqual(['not-json']);
    expect(await lab.client.topic.sum()).toMatchObject({ waiting: 0, deadLetters: 5 });
  });
});
