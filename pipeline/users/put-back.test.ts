import { describe, expect, it } from 'vitest';
import { letterHeaders } from '../../words/dead-letters.ts';
import { traceHeader } from '../../words/runs.ts';
import { usersDeadLetterTopic, usersTopic } from '../../words/users.ts';
import { FencedError, headerText, TooLargeError, type Message } from '../kafka/broker.ts';
import { toLetter } from './consumer/letters.ts';
import { readLetters } from './letter-box.ts';
import { putBack, traceOf } from './put-back.ts';
import { FakeBroker } from './testing/fake-broker.ts';

const trace = { v: 1, fetchedAt: 5, sentAt: 6, source: 'offline', spoiled: 'bad-email' };

function refused(offset: number, headers: Message['headers'] = {}): Message {
  return {
    partition: 2,
    offset,
    timestamp: 0,
    key: Buffer.from(`key${offset}`),
    value: Buffer.from('bad'),
    headers,
  };
}

/** A broker with the letters of these offsets. */
async function brokerWith(...messages: Message[]): Promise<FakeBroker> {
  const broker = new FakeBroker();
  const producer = await broker.openProducer();
  for (const message of messages)
    await producer.send(usersDeadLetterTopic, [toLetter(message, 'bad-email', new Date(0))]);
  await producer.close();
  return broker;
}

describe('putting a letter back', () => {
  it('sends what was mended with the original’s key and headers, and marks the letter', async () => {
    const headers = { own: Buffer.from('theirs'), [traceHeader]: JSON.stringify(trace) };
    const broker = await brokerWith(refused(7, headers), refused(8));
    await putBack(broker, { partition: 2, offset: 7, value: 'mended' });

    const [sent, ...others] = broker.messages(usersTopic);
    expect(others).toEqual([]);
    expect(sent).toMatchObject({ key: Buffer.from('key7'), value: Buffer.from('mended') });
    expect(Object.keys(sent?.headers ?? {}).sort()).toEqual(['own', traceHeader]);
    expect(traceOf(sent?.headers ?? {})).toEqual({
      v: 1,
      fetchedAt: 5,
      sentAt: expect.any(Number),
      source: 'offline',
    });

    const { letters, total, byReason } = await readLetters(broker, { limit: 10 });
    expect({ total, byReason }).toEqual({ total: 2, byReason: [{ reason: 'bad-email', count: 2 }] });
    expect(letters.filter(({ putBackAt }) => putBackAt).map(({ sourceOffset }) => sourceOffset)).toEqual([7]);
  });

  it('happens once', async () => {
    const broker = await brokerWith(refused(7));
    await putBack(broker, { partition: 2, offset: 7, value: 'mended' });
    const again = putBack(broker, { partition: 2, offset: 7, value: 'mended' });
    await expect(again).rejects.toMatchObject({
      code: 'LETTER_PUT_BACK',
      params: { partition: 2, offset: 7 },
    });
    expect(broker.messages(usersTopic)).toHaveLength(1);
  });

  it('is refused where there is no such letter', async () => {
    const broker = await brokerWith(refused(7));
    const wrong = putBack(broker, { partition: 1, offset: 7, value: 'mended' });
    await expect(wrong).rejects.toMatchObject({ code: 'LETTER_GONE' });
  });

  it('leaves nothing behind when Kafka does not take it', async () => {
    const broker = await brokerWith(refused(7));
    broker.sendFaults.push(new TooLargeError());
    const large = putBack(broker, { partition: 2, offset: 7, value: 'mended' });
    await expect(large).rejects.toMatchObject({ code: 'MESSAGE_TOO_LARGE', params: { size: 6 } });
    expect(broker.messages(usersTopic)).toEqual([]);
    await putBack(broker, { partition: 2, offset: 7, value: 'mended' });
    expect(broker.messages(usersTopic)).toHaveLength(1);
  });

  it('is tried again by who was fenced off', async () => {
    const broker = await brokerWith(refused(7));
    broker.sendFaults.push(new FencedError('a newer one'));
    await putBack(broker, { partition: 2, offset: 7, value: 'mended' });
    expect(broker.messages(usersTopic)).toHaveLength(1);
  });
});

describe('the letters', () => {
  it('are read each once, of one reason where it is asked for, whatever other hands put among them', async () => {
    const broker = await brokerWith(refused(7), refused(7), refused(9));
    broker.put(usersDeadLetterTopic, 'no headers', 'none either');
    const all = await readLetters(broker, { limit: 10 });
    expect(all.total).toBe(4);
    expect(all.byReason).toEqual([
      { reason: 'bad-email', count: 2 },
      { reason: 'unknown', count: 2 },
    ]);
    const some = await readLetters(broker, { limit: 10, reason: 'unknown' });
    expect(some.total).toBe(4);
    expect(some.letters.map(({ sourceOffset }) => sourceOffset)).toEqual([-1, -1]);
  });

  it('of a message that claimed to be put back is a letter all the same', async () => {
    const broker = await brokerWith(refused(7, { [letterHeaders.putBackAt]: Buffer.from('yesterday') }));
    const { letters } = await readLetters(broker, { limit: 10 });
    expect(letters).toHaveLength(1);
    expect(letters[0]?.putBackAt).toBeUndefined();
    expect(headerText(broker.messages(usersDeadLetterTopic)[0]?.headers ?? {}, 'riacho-reason')).toBe(
      'bad-email',
    );
  });
});
