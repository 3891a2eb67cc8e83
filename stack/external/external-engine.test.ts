// Drives the engine on probes that answer, fail and hang as told.
import { describe, expect, it } from 'vitest';
import { RiachoError } from '../../words/errors.ts';
import type { ExternalProbes } from '../engine.ts';
import { createExternalEngine } from './external-engine.ts';

const addresses = { brokers: ['b1:9092', 'b2:9092'], contactPoints: ['c1:9042'], localDataCenter: 'dc' };
const keep = { leaveRunning: false };

/** Probes of a cluster whose members can be cut off; `asked` lists every question. */
function fakeCluster(silent: string[] = [], pollMs = 20) {
  const down = new Set(silent);
  const refusals = new Map<string, RiachoError>();
  const hanging = new Set<string>();
  const asked: string[] = [];
  const probe = (address: string): Promise<string> => {
    asked.push(address);
    if (hanging.has(address)) return new Promise(() => undefined);
    const error = refusals.get(address) ?? (down.has(address) ? new Error('silent') : undefined);
    return error === undefined ? Promise.resolve('name') : Promise.reject(error);
  };
  const probes: ExternalProbes = { kafka: probe, cassandra: probe, schemaRegistry: probe };
  return { down, refusals, hanging, asked, engine: createExternalEngine({ addresses, probes, pollMs }) };
}

describe('up', () => {
  it('finds a healthy cluster, and gives its addresses from then on', async () => {
    const { engine } = fakeCluster();
    await expect(engine.addresses()).rejects.toMatchObject({ code: 'STACK_NOT_RUNNING' });
    expect(await engine.up(keep)).toEqual({
      engine: 'external',
      stack: 'healthy',
      services: [
        { name: 'kafka', address: 'b1:9092,b2:9092', state: 'healthy' },
        { name: 'cassandra', address: 'c1:9042', state: 'healthy' },
      ],
      notices: [],
    });
    expect(await engine.addresses()).toBe(addresses);
    expect(engine.adopted).toBe(true);
  });

  it('asks one broker after the other until one answers, and that one first the next time', async () => {
    const { engine, asked } = fakeCluster(['b1:9092']);
    await engine.up(keep);
    expect(asked.filter((address) => address.startsWith('b'))).toEqual(['b1:9092', 'b2:9092']);
    asked.length = 0;
    await engine.up(keep);
    expect(asked.filter((address) => address.startsWith('b'))).toEqual(['b2:9092']);
  });

  it('does without a Schema Registry that is silent or refuses, and says so', async () => {
    const schemaRegistry = 'https://registry:8081';
    const refusals = [
      new RiachoError('REGISTRY_UNREACHABLE', { address: schemaRegistry, detail: 'ECONNREFUSED' }),
      new RiachoError('REGISTRY_REFUSED', { address: schemaRegistry, detail: 'HTTP 401' }),
    ];
    const probe = async (): Promise<string> => 'name';
    const engine = createExternalEngine({
      addresses: { ...addresses, schemaRegistry },
      probes: {
        kafka: probe,
        cassandra: probe,
        schemaRegistry: async () => {
          const refusal = refusals.shift();
          if (refusal) throw refusal;
          return 'BACKWARD';
        },
      },
    });
    const seen = [await engine.up(keep), await engine.up(keep), await engine.up(keep)].map(
      ({ stack, services }) => [stack, services[2]?.name, services[2]?.state, services[2]?.fault?.code],
    );
    expect(seen).toEqual([
      ['healthy', 'schema-registry', 'unhealthy', 'REGISTRY_UNREACHABLE'],
      ['healthy', 'schema-registry', 'unhealthy', 'REGISTRY_REFUSED'],
      ['healthy', 'schema-registry', 'healthy', undefined],
    ]);
  });

  it.each([
    [['b1:9092', 'b2:9092'], 'BROKER_UNREACHABLE', 'b1:9092,b2:9092'],
    [['c1:9042'], 'CASSANDRA_UNREACHABLE', 'c1:9042'],
  ])('rejects when %j are silent: %s', async (silent, code, address) => {
    const { engine } = fakeCluster(silent);
    await expect(engine.up(keep)).rejects.toMatchObject({ code, params: { address } });
    await expect(engine.addresses()).rejects.toMatchObject({ code: 'STACK_NOT_RUNNING' });
    expect((await engine.next(0)).frame).toMatchObject({ stack: 'unhealthy' });
  });

  it('passes on what a service that answers refuses', async () => {
    const { engine, refusals } = fakeCluster(['b2:9092']);
    refusals.set('b1:9092', new RiachoError('ACCESS_DENIED', { address: 'b1:9092' }));
    await expect(engine.up(keep)).rejects.toMatchObject({
      code: 'ACCESS_DENIED',
      params: { address: 'b1:9092' },
    });
  });

  it('finds again what has come back', async () => {
    const { engine, down } = fakeCluster(['c1:9042']);
    await expect(engine.up(keep)).rejects.toMatchObject({ code: 'CASSANDRA_UNREACHABLE' });
    down.clear();
    expect((await engine.up(keep)).stack).toBe('healthy');
  });

  it('takes nothing from whoever already works with a healthy cluster', async () => {
    const { engine } = fakeCluster();
    await engine.up(keep);
    const again = engine.up(keep);
    expect(await engine.addresses()).toBe(addresses);
    await again;
  });

  it('is seen starting while it asks', async () => {
    const { engine } = fakeCluster();
    const up = engine.up(keep);
    expect((await engine.next(0)).frame.stack).toBe('starting');
    await up;
  });

  it('can be given up while a service hangs', async () => {
    const { engine, hanging } = fakeCluster();
    hanging.add('c1:9042');
    const stop = new AbortController();
    const up = engine.up(keep, stop.signal);
    stop.abort();
    await expect(up).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});

describe('next', () => {
  it('answers at once with what is known, and asks nobody', async () => {
    const { engine, asked } = fakeCluster();
    expect((await engine.next(0)).frame.stack).toBe('absent');
    expect(asked).toEqual([]);
  });

  it('answers at once whoever comes with a number of another engine, lower or higher', async () => {
    const { engine, asked } = fakeCluster([], 600_000);
    const { version } = await engine.next(0);
    expect((await engine.next(version + 1_000)).version).toBe(version);
    expect((await engine.next(version - 1_000)).version).toBe(version);
    expect(asked).toEqual([]);
  });

  it('asks the services when there is nothing newer, and answers as soon as one has changed', async () => {
    // Were the poll held to its end, the test would not see it.
    const { engine, down } = fakeCluster([], 600_000);
    await engine.up(keep);
    const { version } = await engine.next(0);
    down.add('c1:9042');
    const changed = await engine.next(version);
    expect(changed.version).toBeGreaterThan(version);
    expect(changed.frame.services[1]).toEqual({
      name: 'cassandra',
      address: 'c1:9042',
      state: 'unhealthy',
      fault: { code: 'CASSANDRA_UNREACHABLE', params: { address: 'c1:9042' } },
    });
    down.clear();
    expect((await engine.next(changed.version)).frame.stack).toBe('healthy');
  });

  it('answers with the same version when a poll was held long enough and nothing has changed', async () => {
    const { engine, asked } = fakeCluster();
    await engine.up(keep);
    asked.length = 0;
    const known = await engine.next(0);
    expect(await engine.next(known.version)).toBe(known);
    expect(asked).toEqual(['b1:9092', 'c1:9042']);
  });

  it('lets go of a poll that is given up', async () => {
    const { engine, hanging } = fakeCluster();
    hanging.add('c1:9042');
    const stop = new AbortController();
    const { version } = await engine.next(0);
    const poll = engine.next(version, stop.signal);
    stop.abort();
    await expect(poll).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  it('asks a service that hangs only once, however many poll', async () => {
    const { engine, hanging, asked } = fakeCluster();
    await engine.up(keep);
    const { version } = await engine.next(0);
    hanging.add('c1:9042');
    asked.length = 0;
    const polls = await Promise.all([1, 2, 3].map(() => engine.next(version)));
    expect(new Set(polls.map((poll) => poll.version))).toEqual(new Set([version]));
    await engine.next(version);
    expect(asked).toEqual(['b1:9092', 'c1:9042']);
  });
});

describe('a cluster that is not ours', () => {
  it('goes on after down and close', async () => {
    const { engine } = fakeCluster();
    await engine.up(keep);
    await engine.down();
    await engine.close();
    expect((await engine.next(0)).frame.stack).toBe('healthy');
  });

  it('loses nothing by reset', async () => {
    await expect(fakeCluster().engine.reset()).rejects.toMatchObject({ code: 'BAD_INPUT' });
  });

  it.each([
    [{ ...addresses, brokers: [] }, 'Kafka'],
    [{ ...addresses, contactPoints: [] }, 'Cassandra'],
  ])('says which service has no address', async (given, detail) => {
    const silent = async () => '';
    const probes: ExternalProbes = { kafka: silent, cassandra: silent, schemaRegistry: silent };
    const engine = createExternalEngine({ addresses: given, probes });
    await expect(engine.up(keep)).rejects.toMatchObject({ code: 'INPUT_MISSING', params: { detail } });
  });

  it('has no service that is ours to stop or to start', async () => {
    const { engine } = fakeCluster();
    const fault = { code: 'SERVICE_NOT_OURS', params: { service: 'kafka' } };
    await expect(engine.restartService('kafka')).rejects.toMatchObject(fault);
    await expect(engine.stopService('kafka')).rejects.toMatchObject(fault);
  });
});
