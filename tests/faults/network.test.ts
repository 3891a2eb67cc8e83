// The network between the app and each server: broken connections, delay, silence, nobody there.
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sessionTimeoutMs } from '../../pipeline/kafka/broker.ts';
import { eventually } from '../integration/lab.ts';
import { openProxiedLab, type ProxiedLab } from './proxied-servers.ts';
import { resumeWithinMs, ride, type Fault } from './ride.ts';
import { drawing, outageMs, seeds } from './seeds.ts';
import type { Proxy } from './proxy.ts';

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

  it('Kafka, a reader that was cut off is in its group again before its session is over', async () => {
    const { lab, kafka } = proxied;
    const topic = 'cut-off';
    await lab.broker.create([{ topic, partitions: 1, replication: 1, config: {} }]);
    const reader = lab.broker.openReader('cut-off', topic);
    let joins = 0;
    let isOut = false;
    await reader.start({
      joined: () => void (joins += 1),
      left: () => void (isOut = true),
      batch: () => Promise.resolve(),
      gap: () => undefined,
      failed: () => undefined,
    });
    // A commit begins the session anew, which makes it the time to beat.
    await reader.commit([{ partition: 0, offset: 0, metadata: '' }]);
    const committedAt = performance.now();
    await kafka.set('away');
    await eventually('the reader is out', () => Promise.resolve(isOut));
    await kafka.set('fair');
    await eventually('the reader is back', () => Promise.resolve(joins === 2));
    expect(performance.now() - committedAt).toBeLessThan(sessionTimeoutMs);
    await reader.close();
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
