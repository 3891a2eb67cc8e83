// The desk keeps refused messages until the broker has them, in few requests, and lets go of those whose books
// were closed meanwhile.
import { describe, expect, it } from 'vitest';
import type { MessageProducer, OutgoingMessage } from '../../kafka/broker.ts';
import { Ledger } from './ledger.ts';
import { LetterDesk, type Refusal } from './letter-desk.ts';
import { beginning } from './position.ts';

interface Request {
  names: string[];
  answer: (error?: Error) => void;
}

/** A desk whose broker answers when the test says so. */
function openDesk() {
  const requests: Request[] = [];
  const settled: { names: string[]; areSent: boolean }[] = [];
  const failures: unknown[] = [];
  const waiting = new Set<() => void>();
  const notify = (): void => {
    for (const look of waiting) look();
  };
  const nameOf = ({ value }: OutgoingMessage): string => value?.toString() ?? '';
  const producer: MessageProducer = {
    send: (_topic, messages) =>
      new Promise((resolve, reject) => {
        requests.push({
          names: messages.map(nameOf),
          answer: (error) => (error ? reject(error) : resolve([])),
        });
        notify();
      }),
    close: () => Promise.resolve(),
  };
  const stale = new Set<Ledger>();
  const desk = new LetterDesk({
    producer,
    isCurrent: (ledger) => !stale.has(ledger),
    failed: async (error) => void failures.push(error),
    settled: (refusals, areSent) => {
      settled.push({ names: refusals.map(({ letter }) => nameOf(letter)), areSent });
      notify();
    },
  });
  /** Resolves with the n-th of a list, as soon as it is there. */
  const nth = <T>(list: readonly T[], n: number): Promise<T> =>
    new Promise((resolve) => {
      const look = (): void => {
        const found = list[n];
        if (found === undefined) return;
        waiting.delete(look);
        resolve(found);
      };
      waiting.add(look);
      look();
    });
  return {
    desk,
    stale,
    failures,
    settled,
    requests,
    request: (n: number) => nth(requests, n),
    settling: (n: number) => nth(settled, n),
  };
}

const gone = new Error('gone');
const books = () => new Ledger(0, beginning({ partition: 0, low: 0, high: 0 }));

function refusal(ledger: Ledger, name: string): Refusal {
  const entry = ledger.take(ledger.next);
  return { ledger, entry, weight: 1, letter: { key: null, value: Buffer.from(name) } };
}

describe('the letter desk', () => {
  it('sends what was collected in one request, and what comes meanwhile in the next', async () => {
    const { desk, requests, request, settling } = openDesk();
    const ledger = books();
    desk.flush();
    for (const name of ['a', 'b']) desk.add(refusal(ledger, name));
    expect(requests).toEqual([]);
    desk.flush();
    for (const name of ['c', 'd']) {
      desk.add(refusal(ledger, name));
      desk.flush();
    }
    const first = await request(0);
    expect(first.names).toEqual(['a', 'b']);
    expect(requests).toHaveLength(1);
    first.answer();
    const second = await request(1);
    expect(second.names).toEqual(['c', 'd']);
    second.answer();
    expect(await settling(0)).toEqual({ names: ['a', 'b'], areSent: true });
    expect(await settling(1)).toEqual({ names: ['c', 'd'], areSent: true });
  });

  it('tries again until the broker has them, and says each time that it had not', async () => {
    const { desk, request, requests, settling, failures, settled } = openDesk();
    desk.add(refusal(books(), 'a'));
    desk.flush();
    (await request(0)).answer(gone);
    (await request(1)).answer(gone);
    expect(settled).toEqual([]);
    (await request(2)).answer();
    expect(await settling(0)).toEqual({ names: ['a'], areSent: true });
    expect(failures).toEqual([gone, gone]);
    expect(requests.map(({ names }) => names)).toEqual([['a'], ['a'], ['a']]);
  });

  it('lets go of letters whose books were closed, without sending them', async () => {
    const { desk, stale, request, requests, settling } = openDesk();
    const [old, current] = [books(), books()];
    desk.add(refusal(old, 'old'));
    desk.add(refusal(current, 'current'));
    stale.add(old);
    desk.flush();
    const only = await request(0);
    expect(only.names).toEqual(['current']);
    only.answer(gone);
    stale.add(current);
    expect(await settling(0)).toEqual({ names: ['old', 'current'], areSent: false });
    expect(requests).toHaveLength(1);
  });

  it('gives up when it is closed, and never calls that sent', async () => {
    const { desk, request, settling, requests } = openDesk();
    desk.add(refusal(books(), 'a'));
    desk.flush();
    const only = await request(0);
    desk.close();
    only.answer(gone);
    expect(await settling(0)).toEqual({ names: ['a'], areSent: false });
    expect(requests).toHaveLength(1);
  });
});
