// The network between the app and each server: broken connections, delay, silence, nobody there.
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sessionTimeoutMs, type GroupReader } from '../../pipeline/kafka/broker.ts';
import { eventually } from '../integration/lab.ts';
import { openProxiedLab, type ProxiedLab } from './proxied-servers.ts';
import { resumeWithinMs, ride, type Fault } from './ride.ts';
import { drawing, outageMs, seeds } from './seeds.ts';
import type { KafkaAnswer, Proxy } from './proxy.ts';

const spell =
  (weather: 'away' | 'slow' | 'silent', lastsMs = outageMs) =>
  (proxy: Proxy) => ({
    strike: () => proxy.set(weather),
    end: () => proxy.set('fair'),
    lastsMs,
  });
/** Long enough for those who wait to give up while it lasts, and to try again in vain. */
const silenceMs = Math.max(outageMs, 15_000);

/** Every connection breaks, again and again. */
function resets(proxy: Proxy): Fault {
  let again: NodeJS.Timeout | undefined;
  return {
    strike: () => {
      proxy.reset();
      again = setInterval(() => proxy.reset(), 700);
    },
    end: () => clearInterval(again),
    lastsMs: outageMs,
  };
}

const kinds: Record<string, (proxy: Proxy) => Fault> = {
  'connections are reset': resets,
  'every answer is two seconds late': spell('slow'),
  'connections stay open and say nothing': spell('silent', silenceMs),
  'nobody answers': spell('away'),
};

/** Error codes and answers of Kafka's protocol: kafka.apache.org/protocol, Heartbeat v3, JoinGroup v5, FindCoordinator v2. */
const coordinatorLoading = 14;
const noCoordinator = 15;
const notCoordinator = 16;
const unknownMember = 25;
const rebalancing = 27;
const errorAnswer = (code: number, more = ''): Buffer =>
  Buffer.from(`00000000${code.toString(16).padStart(4, '0')}${more}`, 'hex');
const heartbeatAnswer = (code: number): KafkaAnswer => ({ apiKey: 12, body: errorAnswer(code) });
const joinAnswer = (code: number): KafkaAnswer => ({
  apiKey: 11,
  body: errorAnswer(code, `ffffffff${'0000'.repeat(3)}00000000`),
});
/** As often as the library asks for its group's coordinator before it gives up. */
const nobodyInCharge = Array.from({ length: 7 }, (): KafkaAnswer => ({
  apiKey: 10,
  body: errorAnswer(noCoordinator, 'ffffffffffff000000000000'),
}));

describe('between the app and', () => {
  let proxied: ProxiedLab;
  beforeAll(async () => {
    proxied = await openProxiedLab();
  });
  afterAll(async () => {
    await proxied?.close();
  });

  const cases = seeds.flatMap((seed) =>
    (['kafka', 'cassandra'] as const).flatMap((service) =>
      Object.keys(kinds).map((kind) => ({ service, kind, seed })),
    ),
  );

  it.each(cases)('$service, $kind (seed $seed)', async ({ service, kind, seed }) => {
    const fault = kinds[kind];
    if (!fault) throw new Error(kind);
    const share = drawing(seed)(0.15, 0.5);
    const resumedMs = await ride(proxied.lab, { count: 4_000, rate: 800, share }, fault(proxied[service]));
    expect(resumedMs).toBeLessThan(resumeWithinMs);
  });

  it('Kafka, an answer that breaks off is asked for anew, wherever it does', async () => {
    const { lab, kafka } = proxied;
    const topic = 'broken-answers';
    await lab.broker.create([{ topic, partitions: 1, replication: 1, config: {} }]);
    const producer = await lab.broker.openProducer();
    for (let bytes = 1; bytes < 12; bytes += 1) {
      kafka.cutNext(bytes);
      const sent = await producer.send(topic, [{ key: null, value: Buffer.from('whole') }]);
      // What was answered in part may have been done, and is then done again.
      const [range] = await lab.broker.ranges(topic);
      expect(sent).toEqual([{ partition: 0, offset: Number(range?.high) - 1 }]);
    }
    await producer.close();
  });

  /** A reader in a group of its own, and what it said of itself. */
  interface Watched {
    reader: GroupReader;
    joins: number;
    isOut: boolean;
    /** Times its member died and was replaced. */
    deaths: number;
  }

  async function openReader(name: string): Promise<Watched> {
    const { broker } = proxied.lab;
    await broker.create([{ topic: name, partitions: 1, replication: 1, config: {} }]);
    const watched = { reader: broker.openReader(name, name), joins: 0, isOut: true, deaths: 0 };
    await watched.reader.start({
      joined: () => {
        watched.joins += 1;
        watched.isOut = false;
      },
      left: (cause) => {
        watched.isOut = true;
        if (cause === 'broker') watched.deaths += 1;
      },
      batch: () => Promise.resolve(),
      gap: () => undefined,
      failed: () => undefined,
    });
    return watched;
  }

  it('Kafka, a reader that was cut off is in its group again before its session is over', async () => {
    const { kafka } = proxied;
    const watched = await openReader('cut-off');
    // A commit begins the session anew, which makes it the time to beat.
    await watched.reader.commit([{ partition: 0, offset: 0, metadata: '' }]);
    const committedAt = performance.now();
    await kafka.set('away');
    await eventually('the reader is out', () => watched.isOut);
    await kafka.set('fair');
    await eventually('the reader is back', () => !watched.isOut);
    expect(performance.now() - committedAt).toBeLessThan(sessionTimeoutMs);
    await watched.reader.close();
  });

  it.each([
    { why: 'the group rebalances', answers: [heartbeatAnswer(rebalancing), joinAnswer(coordinatorLoading)] },
    {
      why: 'its session was over',
      answers: [heartbeatAnswer(unknownMember), joinAnswer(coordinatorLoading)],
    },
    { why: 'nobody is in charge', answers: [heartbeatAnswer(notCoordinator), ...nobodyInCharge] },
  ])('Kafka, a reader that is to join again ($why) and may not yet joins later', async ({ why, answers }) => {
    const name = why.replaceAll(' ', '-');
    const watched = await openReader(name);
    proxied.kafka.answer(...answers);
    await eventually('the reader has joined again', () => watched.joins === 2);
    expect(watched.isOut).toBe(false);
    expect(await proxied.lab.broker.members(name)).toBe(1);
    await watched.reader.close();
  });

  it('Kafka, a commit of a reader that is just dying is done only if the broker has it', async () => {
    const name = 'last-commits';
    const { lab, kafka } = proxied;
    const watched = await openReader(name);
    await watched.reader.commit([{ partition: 0, offset: 0, metadata: 'first' }]);
    kafka.answer(heartbeatAnswer(notCoordinator), ...nobodyInCharge);
    await eventually('the reader is out', () => watched.isOut);
    // The library says goodbye before it says that it is dying: for so long, now.
    await kafka.set('slow');
    let done = 'first';
    for (let count = 1; watched.deaths === 0; count += 1) {
      await watched.reader.commit([{ partition: 0, offset: 0, metadata: String(count) }]).then(
        () => (done = String(count)),
        () => undefined,
      );
      await delay(10);
    }
    await kafka.set('fair');
    await eventually('the reader has joined again', () => watched.joins === 2);
    expect(await lab.broker.positions(name, name)).toEqual([{ partition: 0, offset: 0, metadata: done }]);
    await watched.reader.close();
  });

  it('Cassandra, a connection that is reset again and again is made anew as often, and no more', async () => {
    const { lab, cassandra } = proxied;
    const answers = (): Promise<boolean> =>
      lab.database.clusterName().then(
        () => true,
        () => false,
      );
    for (let round = 0; round < 12; round += 1) {
      cassandra.reset();
      await eventually('Cassandra answers', answers);
    }
    const before = cassandra.served;
    cassandra.reset();
    await eventually('Cassandra answers', answers);
    await delay(2_000);
    expect(cassandra.served - before).toBeLessThan(5);
  });
});
