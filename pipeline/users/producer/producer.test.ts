// The producer's promises on a source and a broker of the test's own: it counts what the broker has, backs off when
// either is away, and ends when it should.
import { describe, expect, it, vi } from 'vitest';
import { RiachoError } from '../../../words/errors.ts';
import { trace, traceHeader, type OriginName } from '../../../words/runs.ts';
import { usersTopic } from '../../../words/users.ts';
import { headerText } from '../../kafka/broker.ts';
import { decide } from '../decide.ts';
import type { RawUser } from '../raw-user.ts';
import { SourceUnreachable } from '../../sources/faults.ts';
import type { Source } from '../sources/source.ts';
import { brokerGone, FakeBroker } from '../testing/fake-broker.ts';
import { UsersProducer, type ProducerOptions } from './producer.ts';

const raw: RawUser = {
  gender: 'female',
  name: { first: 'Zoë', last: 'D’Arc' },
  location: {
    street: { number: 1, name: 'Rua Um' },
    city: 'Recife',
    state: 'Pernambuco',
    country: 'Brazil',
    postcode: '01234',
  },
  email: 'zoe@example.com',
  login: { username: 'zoe1' },
  dob: { date: '1990-01-01T00:00:00.000Z' },
  registered: { date: '2010-01-01T00:00:00.000Z' },
  phone: '(81) 1234',
  picture: { medium: 'https://example.com/1.jpg' },
};

/** A source of `total` users that rejects as told before it gives any, and notes what it was asked for. */
function sourceOf(total: number, faults: Error[] = [], origin: OriginName = 'offline') {
  const asked: number[] = [];
  const hooks = { onTake: () => undefined as unknown };
  let left = total;
  const source: Source = {
    origin,
    async take(max) {
      asked.push(max);
      hooks.onTake();
      const fault = faults.shift();
      if (fault) throw fault;
      const count = Math.min(max, left);
      left -= count;
      return { users: Array.from({ length: count }, () => raw), fetchedAt: 1_000 };
    },
  };
  return { source, asked, hooks };
}

function producerOf(source: Source, more: Partial<ProducerOptions> = {}) {
  const broker = new FakeBroker();
  const ensureTopics = vi.fn<() => Promise<void>>(() => Promise.resolve());
  const producer = new UsersProducer({
    broker,
    source,
    rate: Number.POSITIVE_INFINITY,
    faultyPercent: 0,
    ensureTopics,
    ...more,
  });
  return { broker, producer, ensureTopics, sent: () => broker.messages(usersTopic) };
}

async function runToEnd(producer: UsersProducer): Promise<void> {
  await producer.start();
  await producer.done;
}

describe('the producer', () => {
  it('sends as many as asked for, each with its own id as key and its trace', async () => {
    const { broker, producer, sent } = producerOf(sourceOf(Infinity).source, { count: 2_500 });
    await runToEnd(producer);
    expect(producer.frame()).toMatchObject({
      state: { status: 'done' },
      produced: 2_500,
      spoiled: 0,
      origin: 'offline',
    });
    expect(broker.requests.map(({ count }) => count)).toEqual([500, 500, 500, 500, 500]);
    expect(broker.openProducers).toBe(0);
    const keys = sent().map(({ key }) => key?.toString());
    expect(new Set(keys).size).toBe(2_500);
    for (const { key, value, headers } of sent()) {
      const decision = decide(value);
      expect('row' in decision && decision.row.id).toBe(key?.toString());
      const { sentAt, ...told } = trace.parse(JSON.parse(headerText(headers, traceHeader) ?? ''));
      expect(told).toEqual({ v: 1, fetchedAt: 1_000, source: 'offline' });
      expect(sentAt).toBeGreaterThan(1_000);
    }
  });

  it('ends with a source that ends', async () => {
    const { producer, sent } = producerOf(sourceOf(7).source);
    await runToEnd(producer);
    expect(sent()).toHaveLength(7);
    expect(producer.frame()).toMatchObject({ state: { status: 'done' }, produced: 7 });
  });

  it('spoils the share it was asked to, and says of each record how', async () => {
    const { producer, sent } = producerOf(sourceOf(100).source, { faultyPercent: 20 });
    await runToEnd(producer);
    expect(producer.frame()).toMatchObject({ produced: 100, spoiled: 20 });
    const labelled = sent().filter(
      ({ headers }) => trace.parse(JSON.parse(headerText(headers, traceHeader) ?? '')).spoiled,
    );
    expect(labelled).toHaveLength(20);
    const refused = sent().filter(({ value }) => 'reason' in decide(value));
    expect(refused).toEqual(labelled);
  });

  it('asks a slow run’s source for seconds’ worth, not for thousands it may never send', async () => {
    const { source, asked } = sourceOf(Infinity);
    const { producer } = producerOf(source, { rate: 5, count: 1_000 });
    await producer.start();
    await vi.waitFor(() => expect(producer.frame().produced).toBeGreaterThan(0));
    await producer.stop();
    expect(asked).toEqual([50]);
  });

  it('keeps to what the live API allows while records come from there', async () => {
    const { source, asked } = sourceOf(Infinity, [], 'randomuser');
    const { producer } = producerOf(source, { liveRateMax: 60 });
    await producer.start();
    await vi.waitFor(() => expect(producer.frame().produced).toBeGreaterThan(0));
    await producer.stop();
    expect(asked).toEqual([600]);
    expect(producer.frame().produced).toBeLessThan(600);
  });

  it('sends a batch again until the broker has it, counting it once, and makes a topic that vanished', async () => {
    const { broker, producer, ensureTopics, sent } = producerOf(sourceOf(5).source);
    const frames: unknown[] = [];
    ensureTopics.mockImplementation(async () => void frames.push(producer.frame()));
    broker.sendFaults.push(brokerGone, undefined);
    await runToEnd(producer);
    expect(frames).toMatchObject([
      { state: { status: 'waiting', for: 'kafka', fault: { code: 'BROKER_UNREACHABLE' } }, produced: 0 },
    ]);
    expect(sent()).toHaveLength(5);
    expect(producer.frame()).toMatchObject({ state: { status: 'done' }, produced: 5 });
  });

  it('counts nothing that the broker did not acknowledge before a stop', async () => {
    const { broker, producer } = producerOf(sourceOf(5).source);
    broker.sendFaults.push(...Array.from({ length: 100 }, () => brokerGone));
    await producer.start();
    await vi.waitFor(() => expect(producer.frame().state).toMatchObject({ status: 'waiting' }));
    await producer.stop();
    expect(producer.frame()).toMatchObject({
      state: { status: 'failed', fault: { code: 'BROKER_UNREACHABLE' } },
      produced: 0,
    });
    expect(broker.openProducers).toBe(0);
  });

  it('asks a source again that is away, saying so, and goes on', async () => {
    const away = new SourceUnreachable({ url: 'u', detail: 'HTTP 503' });
    const { source, hooks } = sourceOf(3, [away]);
    const { producer } = producerOf(source);
    const frames: unknown[] = [];
    hooks.onTake = () => frames.push(producer.frame());
    await runToEnd(producer);
    expect(frames[1]).toMatchObject({ state: { status: 'waiting', for: 'source', fault: away.fault } });
    expect(frames[1]).not.toHaveProperty('origin');
    expect(producer.frame()).toMatchObject({ state: { status: 'done' }, produced: 3 });
  });

  it('fails with the reason when its time is over and the source never answered', async () => {
    const away = Array.from({ length: 10 }, () => new SourceUnreachable({ url: 'u', detail: 'HTTP 503' }));
    const { producer } = producerOf(sourceOf(3, away).source, { durationMs: 50 });
    await runToEnd(producer);
    expect(producer.frame()).toMatchObject({
      state: { status: 'failed', fault: { code: 'SOURCE_UNREACHABLE' } },
      produced: 0,
    });
  });

  it('fails at once when the source says something final', async () => {
    const final = new RiachoError('SOURCE_NOT_API', { url: 'u', detail: 'HTML' });
    const { producer, sent } = producerOf(sourceOf(3, [final]).source);
    await runToEnd(producer);
    expect(producer.frame().state).toEqual({ status: 'failed', fault: final.fault });
    expect(sent()).toEqual([]);
  });

  it('ends after its time', async () => {
    const { producer, sent } = producerOf(sourceOf(Infinity).source, { rate: 1, durationMs: 30 });
    await runToEnd(producer);
    expect(producer.frame()).toMatchObject({ state: { status: 'done' }, produced: 1 });
    expect(sent()).toHaveLength(1);
  });
});
