// Dead letters on their way: nothing of the message is changed, requests stay small, and what is too large is cut.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { letterHeaders } from '../../../words/dead-letters.ts';
import { usersDeadLetterTopic, usersTopic } from '../../../words/users.ts';
import { headerText, type Message, type OutgoingMessage } from '../../kafka/broker.ts';
import { brokerGone, FakeBroker } from '../testing/fake-broker.ts';
import { sendLetters, toLetter } from './letters.ts';

const kib = 1024;

function messageOf(value: Buffer | null, changes: Partial<Message> = {}): Message {
  return { partition: 2, offset: 41, timestamp: 0, key: Buffer.from('k'), value, headers: {}, ...changes };
}

function letterOf(size: number, offset = 0): OutgoingMessage {
  const value = Buffer.alloc(size, offset % 251);
  return toLetter(messageOf(value, { offset }), 'not-json', new Date(0));
}

async function send(broker: FakeBroker, letters: readonly OutgoingMessage[]): Promise<Message[]> {
  await sendLetters(await broker.openProducer(), letters);
  return broker.messages(usersDeadLetterTopic);
}

describe('a letter', () => {
  it('is the message with its key, bytes and headers, and says why, where from and when', () => {
    const bytes = Buffer.from([0xff, 0x00, 0x7b]);
    const headers = { 'riacho-trace': Buffer.from('{}'), twice: ['a', 'b'] };
    expect(toLetter(messageOf(bytes, { headers }), 'not-utf8', new Date(1_700_000_000_000))).toEqual({
      key: Buffer.from('k'),
      value: bytes,
      headers: {
        ...headers,
        'riacho-reason': 'not-utf8',
        'riacho-source-topic': usersTopic,
        'riacho-source-partition': '2',
        'riacho-source-offset': '41',
        'riacho-refused-at': '2023-11-14T22:13:20.000Z',
      },
    });
  });

  it('of a message without key and value has none either', () => {
    expect(toLetter(messageOf(null, { key: null }), 'null-value', new Date(0))).toMatchObject({
      key: null,
      value: null,
    });
  });
});

describe('sending letters', () => {
  it('takes few requests, none much larger than half of what a broker takes', async () => {
    const broker = new FakeBroker();
    const sizes = [...Array.from({ length: 100 }, () => 100), 300 * kib, 300 * kib, 900 * kib, 10];
    await send(
      broker,
      sizes.map((size, index) => letterOf(size, index)),
    );
    expect(broker.requests.map(({ count }) => count)).toEqual([101, 1, 1, 1]);
  });

  it('loses none and makes none twice, whatever their sizes and whatever the broker takes', async () => {
    const sizes = fc.array(fc.oneof(fc.nat({ max: 2_000 }), fc.nat({ max: 1_100 * kib })), {
      maxLength: 12,
      size: 'max',
    });
    const limits = fc.constantFrom(500, 2 * kib, 100 * kib, 1024 * kib);
    await fc.assert(
      fc.asyncProperty(sizes, limits, async (wanted, requestBytesMax) => {
        const broker = new FakeBroker();
        broker.requestBytesMax = requestBytesMax;
        const kept = await send(
          broker,
          wanted.map((size, index) => letterOf(size, index)),
        );
        const byOffset = kept.map(({ value, headers }) => {
          const offset = Number(headerText(headers, letterHeaders.offset));
          const size = value?.length ?? 0;
          const isOwn = value?.equals(Buffer.alloc(size, offset % 251));
          return { offset, size, isOwn, cut: headerText(headers, letterHeaders.cut) };
        });
        expect(byOffset.sort((a, b) => a.offset - b.offset)).toEqual(
          wanted.map((size, offset) => {
            const isCut = size + 1 > requestBytesMax;
            const fitting = [512 * kib, 64 * kib, kib, 0].find(
              (cut) => cut < size && cut + 1 <= requestBytesMax,
            );
            return {
              offset,
              size: isCut ? (fitting ?? 0) : size,
              isOwn: true,
              cut: isCut ? String(size) : undefined,
            };
          }),
        );
      }),
      { numRuns: 40 },
    );
  });

  it('keeps at least why and where from, where even the key is too large', async () => {
    const broker = new FakeBroker();
    broker.requestBytesMax = 100;
    const huge = messageOf(null, { key: Buffer.alloc(5_000), headers: { own: Buffer.alloc(10) } });
    const [kept] = await send(broker, [toLetter(huge, 'null-value', new Date(0))]);
    expect(kept).toMatchObject({ key: null, value: Buffer.alloc(0) });
    const names = Object.keys(kept?.headers ?? {});
    const { putBackAt: _mark, ...ofALetter } = letterHeaders;
    expect(names.sort()).toEqual(Object.values<string>(ofALetter).sort());
    expect(headerText(kept?.headers ?? {}, letterHeaders.cut)).toBe('0');
  });

  it('rejects when the broker is away, also in the middle of cutting, for the caller to try again', async () => {
    const broker = new FakeBroker();
    broker.sendFaults.push(brokerGone);
    await expect(send(broker, [letterOf(10)])).rejects.toBe(brokerGone);
    broker.requestBytesMax = 100;
    broker.sendFaults.push(undefined, undefined, brokerGone);
    await expect(send(broker, [letterOf(200 * kib)])).rejects.toBe(brokerGone);
    expect(broker.messages(usersDeadLetterTopic)).toEqual([]);
  });

  it('sends nothing when there is none', async () => {
    const broker = new FakeBroker();
    await send(broker, []);
    expect(broker.requests).toEqual([]);
  });
});
