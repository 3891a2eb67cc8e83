// The machine behind the contract, on a real embedded stack: one story, told in order, each step on what the one
// before left.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import type { ContractRouterClient } from '@orpc/contract';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp, type App } from '../../app/create-app.ts';
import { defaultFolders } from '../../app/folders.ts';
import type { contract, RunsFrame } from '../../contract/contract.ts';
import { sumHolds } from '../../words/runs.ts';
import type { LogLine } from '../../words/services.ts';
import type { ServiceName } from '../../words/stack.ts';
import { eventually } from './lab.ts';
import { deadPort, processesOf } from './machine.ts';

type Client = ContractRouterClient<typeof contract>;

describe('the machine room', () => {
  let folder: string;
  let dataDir: string;
  let app: App;
  let client: Client;
  const ports = { kafka: 0, cassandra: 0 };

  async function open(): Promise<void> {
    app = await createApp({ folders: defaultFolders(dataDir), host: { kind: 'terminal' } });
    client = createRouterClient(app.router);
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'riacho-room-'));
    dataDir = join(folder, 'data');
    ports.kafka = await deadPort();
    ports.cassandra = await deadPort();
    await open();
  });
  afterAll(async () => {
    await client.stack.stop();
    await app.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  async function serviceOf(name: ServiceName) {
    const { services } = await client.stack.status();
    const found = services.find((service) => service.name === name);
    if (found?.pid === undefined) throw new Error(`${name} does not run`);
    return { ...found, pid: found.pid };
  }

  /** Watches as a window does, until `isOver`; all that was seen. */
  async function watchRuns(isOver: (frame: RunsFrame) => boolean): Promise<RunsFrame[]> {
    const seen: RunsFrame[] = [];
    let after = 0;
    await eventually('the run is where the test wants it', async () => {
      const { version, frame } = await client.runs.next({ after });
      after = version;
      seen.push(frame);
      return isOver(frame);
    });
    return seen;
  }

  /** A run of this many generated users, to its end: all of them rows. */
  async function runOf(count: number, rate: number | 'max'): Promise<RunsFrame[]> {
    await client.consumer.start({ mode: 'append' });
    await client.producer.start({ source: 'offline', rate, count });
    const seen = await watchRuns(({ consumer }) => (consumer?.written ?? 0) >= count);
    await client.consumer.stop();
    return seen;
  }

  it('starts the stack where the settings say, with the memory they say', async () => {
    await client.settings.save({ ports, memoryMb: { kafka: 300, cassandra: 600 } });
    const status = await client.stack.start({});
    expect(status.notices.filter(({ kind }) => kind === 'port-moved')).toEqual([]);
    expect(status.services.map(({ address }) => address)).toEqual([
      `127.0.0.1:${ports.kafka}`,
      `127.0.0.1:${ports.cassandra}`,
    ]);
    const commands = (await processesOf(dataDir)).filter((command) => /java /.test(command));
    expect(commands.some((command) => command.includes('-Xmx300m ') && command.includes('kafka.Kafka'))).toBe(
      true,
    );
    expect(
      commands.some((command) => command.includes('-Xmx600m ') && command.includes('CassandraDaemon')),
    ).toBe(true);
  });

  it('refuses another engine while the stack runs', async () => {
    await expect(client.settings.save({ engine: 'external' })).rejects.toMatchObject({
      code: 'STACK_RUNNING',
    });
    expect((await client.settings.read()).engine).toBe('embedded');
  });

  it('measures services, app and machine, anew each second', async () => {
    const first = await client.services.next({ after: 0 });
    const second = await client.services.next({ after: first.version });
    expect(second.version).toBe(first.version + 1);
    const { services, app: own, machine } = second.frame;
    expect(services.map(({ name }) => name)).toEqual(['kafka', 'cassandra']);
    for (const { cpuPercent, memoryBytes, startedAt } of services) {
      expect(cpuPercent).toBeGreaterThanOrEqual(0);
      expect(memoryBytes).toBeGreaterThan(100 * 1024 ** 2);
      expect(memoryBytes).toBeLessThan(4 * 1024 ** 3);
      expect(Date.now() - startedAt).toBeLessThan(120_000);
      expect(startedAt).toBeLessThan(Date.now());
    }
    expect(own.memoryBytes).toBeGreaterThan(30 * 1024 ** 2);
    expect(own.loopDelayP99Ms).toBeGreaterThan(0);
    expect(machine.freeBytes).toBeLessThan(machine.memoryBytes);
  });

  it('shows every number of a run so that the sum holds in each frame', async () => {
    const before = await client.metrics.next({ after: 0 });
    const seen = await runOf(1_800, 1_000);
    const sums = seen.flatMap(({ sum }) => sum ?? []);
    expect(sums.length).toBeGreaterThan(10);
    expect(sums.filter((sum) => !sumHolds(sum))).toEqual([]);
    // What is written only grows from frame to frame.
    expect(sums.map(({ written }) => written)).toEqual(
      sums.map(({ written }) => written).toSorted((a, b) => a - b),
    );
    const fastest = Math.max(...seen.map(({ rates }) => rates?.written ?? 0));
    expect(fastest).toBeGreaterThan(500);
    expect(fastest).toBeLessThan(2_000);
    const { latency } = seen.findLast((frame) => frame.latency !== undefined) ?? {};
    expect(latency?.p50Ms).toBeGreaterThan(0);
    expect(latency?.p95Ms).toBeGreaterThanOrEqual(latency?.p50Ms ?? Infinity);

    await eventually('the last second is over', async () => {
      const { frame } = await client.metrics.next({ after: before.version });
      return frame.points.reduce((sum, { written }) => sum + written, 0) === 1_800;
    });
    const { version, frame, skipped } = await client.metrics.next({ after: before.version });
    expect(skipped).toBe(0);
    expect(frame.points).toHaveLength(version - before.version);
    expect(frame.points.reduce((sum, { produced }) => sum + produced, 0)).toBe(1_800);
    expect(frame.points.some(({ latency: times, lag }) => times !== undefined && lag !== undefined)).toBe(
      true,
    );
    expect(await client.topic.sum()).toMatchObject({ inTopic: 1_800, written: 1_800, waiting: 0 });
  });

  it('tells the few rows exactly, and walks over each of them once, in order', async () => {
    expect(await client.rows.size()).toEqual({ rows: 1_800, isExact: true });
    const ids: string[] = [];
    const tokens: bigint[] = [];
    let from: { token: string } | { fraction: number } = { fraction: 0 };
    for (let isEnd = false; !isEnd;) {
      const window = await client.rows.window({ from, limit: 700 });
      ids.push(...window.rows.map((row) => row['id'] ?? ''));
      if (window.first === undefined || window.last === undefined) break;
      tokens.push(BigInt(window.first), BigInt(window.last));
      from = { token: String(BigInt(window.last) + 1n) };
      isEnd = window.isEnd;
    }
    expect(ids).toHaveLength(1_800);
    expect(new Set(ids).size).toBe(1_800);
    expect(tokens).toEqual(tokens.toSorted((a, b) => Number(a - b)));
  });

  it('jumps into the middle of the rows, and stops where it is told to', async () => {
    const half = await client.rows.window({ from: { fraction: 0.5 }, limit: 10 });
    expect(BigInt(half.first ?? -1)).toBeGreaterThanOrEqual(0n);
    const until = half.last ?? '';
    const again = await client.rows.window({ from: { token: half.first ?? '' }, until, limit: 100 });
    expect(again.rows).toEqual(half.rows);
    expect(again).toMatchObject({ first: half.first, last: half.last, isEnd: false });
    const last = await client.rows.window({ from: { fraction: 1 }, limit: 10 });
    expect(last).toEqual({ rows: [], isEnd: true });
    const beyond = await client.rows.window({ from: { token: '9999999999999999999' }, limit: 10 });
    expect(beyond).toEqual({ rows: [], isEnd: true });
  });

  it('reckons many rows within a tenth, quickly', async () => {
    await runOf(9_000, 'max');
    const startedMs = performance.now();
    const { rows, isExact } = await client.rows.size();
    // Some 100 ms on a machine that does nothing else.
    expect(performance.now() - startedMs).toBeLessThan(5_000);
    expect(isExact).toBe(false);
    expect(Math.abs(rows - 10_800)).toBeLessThan(1_080);

    // An export says how far it has to go.
    await client.export.start({ file: join(folder, 'rows.csv') });
    await eventually('exported, with an expectation', async () => {
      const { frame } = await client.export.next({ after: 0 });
      return frame.status === 'done' && Math.abs((frame.expectedRows ?? 0) - 10_800) < 1_080;
    });
  });

  it('asks before a statement that removes data, however it is written', async () => {
    const table = 'dsa_dados_usuarios.tb_usuarios';
    const refusal = { code: 'CQL_DESTRUCTIVE' };
    for (const statement of [`truncate ${table}`, `/* -- */ DROP TABLE ${table}`]) {
      await expect(client.cql.execute({ statement })).rejects.toMatchObject(refusal);
    }
    const statement = `DELETE FROM ${table} WHERE id = 'nobody'`;
    await expect(client.cql.execute({ statement })).rejects.toMatchObject({
      ...refusal,
      data: { statement },
    });
    expect(await client.cql.execute({ statement, isConfirmed: true })).toMatchObject({ rows: [] });
    expect(await client.rows.count()).toBe(10_800);
  });

  it('restarts one service under a run, which waits and goes on; the other is left alone', async () => {
    const before = { kafka: await serviceOf('kafka'), cassandra: await serviceOf('cassandra') };
    await client.consumer.start({ mode: 'append' });
    await client.producer.start({ source: 'offline', rate: 200 });
    await watchRuns(({ consumer }) => (consumer?.written ?? 0) > 200);
    const restart = client.services.restart({ service: 'cassandra' });
    const seen = await watchRuns(({ consumer }) => consumer?.state.status === 'waiting');
    // The topic is seen to fill while the table is away.
    expect(seen.at(-1)?.sum).toBeDefined();
    await restart;
    const at = (await client.runs.next({ after: 0 })).frame.consumer?.written ?? 0;
    const after = await watchRuns(
      ({ consumer }) => consumer?.state.status === 'running' && consumer.written > at + 200,
    );
    expect(after.flatMap(({ sum }) => sum ?? []).filter((sum) => !sumHolds(sum))).toEqual([]);
    const kafka = await serviceOf('kafka');
    const cassandra = await serviceOf('cassandra');
    expect(kafka.pid).toBe(before.kafka.pid);
    expect(cassandra.pid).not.toBe(before.cassandra.pid);
    expect(cassandra.address).toBe(before.cassandra.address);

    await client.producer.stop();
    await eventually('all written', () => client.consumer.isCaughtUp());
    await client.consumer.stop();
    const sum = await client.topic.sum();
    expect(await client.rows.count()).toBe(sum.inTopic);
  });

  it('stops one service, and the start of the stack brings just that one back', async () => {
    const before = await serviceOf('cassandra');
    await client.services.stop({ service: 'kafka' });
    const status = await client.stack.status();
    expect(status).toMatchObject({
      stack: 'unhealthy',
      services: [{ state: 'stopped' }, { state: 'healthy', pid: before.pid }],
    });
    // Not a stop of the stack: that engine stays in force.
    await expect(client.settings.save({ engine: 'external' })).rejects.toMatchObject({
      code: 'STACK_RUNNING',
    });
    expect(await client.stack.start({})).toMatchObject({
      stack: 'healthy',
      services: [{ address: `127.0.0.1:${ports.kafka}` }, { pid: before.pid }],
    });
    await eventually('the group is known again', async () => {
      const sum = await client.topic.sum().catch(() => undefined);
      return sum?.waiting === 0;
    });
  });

  it('merges the logs by time, follows them, and begins anew with a cursor that is none', async () => {
    const names = ['kafka', 'cassandra', 'riacho'] as const;
    const first = await client.logs.next({ names: [...names] });
    expect(first.skipped).toBe(0);
    expect(first.lines.length).toBeGreaterThan(50);
    expect(new Set(first.lines.map(({ name }) => name))).toContain('kafka');
    const times = first.lines.map(({ at }) => at);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(Math.min(...times)).toBeGreaterThan(Date.now() - 600_000);
    expect(first.lines.some(({ level }) => level === 'warn')).toBe(true);

    const later: LogLine[] = [];
    let { cursor } = first;
    await client.cql.execute({ statement: 'SELECT nothing' }).catch(() => undefined);
    await eventually('the refused statement is in the log', async () => {
      const next = await client.logs.next({ names: [...names], cursor });
      cursor = next.cursor;
      later.push(...next.lines);
      return later.some(({ name, text }) => name === 'riacho' && text.startsWith('a call failed'));
    });
    const seen = new Set(first.lines.map(({ name, at, text }) => `${name} ${at} ${text}`));
    expect(later.filter(({ name, at, text }) => seen.has(`${name} ${at} ${text}`))).toEqual([]);
    const anew = await client.logs.next({ names: ['kafka'], cursor: 'no cursor' });
    expect(anew.lines.length).toBeGreaterThan(20);
  });

  it('keeps what was done, with the command that does the same', async () => {
    const { frame } = await client.activity.next({ after: 0 });
    const of = (name: string) => frame.entries.findLast(({ action }) => action === name);
    expect(of('stack.start')).toMatchObject({
      status: 'done',
      command: `npm run riacho -- up --data-dir ${dataDir}`,
    });
    expect(of('services.restart')).toMatchObject({ status: 'done', detail: 'cassandra' });
    expect(of('cql.execute')).toMatchObject({ status: 'failed', fault: { code: 'CQL_REFUSED' } });
    expect(frame.entries.find(({ action }) => action === 'settings.save')).toMatchObject({
      status: 'done',
      detail: 'ports, memoryMb',
    });
  });

  it('packs a bundle for whoever helps, with no record, no secret and no name in it', async () => {
    await client.settings.giveSecrets({ kafkaPassword: 'pass-of-kafka', cassandraPassword: 'pass-of-table' });
    const { external } = await client.settings.read();
    await client.settings.save({ external: { ...external, kafkaUser: 'user-of-kafka' } });
    const file = join(folder, 'bundle.zip');
    const { bytes } = await client.diagnostics.save({ file });
    const zip = await readFile(file);
    expect(zip.length).toBe(bytes);
    const files = unzipSync(zip);
    expect(Object.keys(files)).toEqual(
      expect.arrayContaining([
        'stack.json',
        'doctor.json',
        'settings.json',
        'versions.json',
        'logs/kafka.log',
      ]),
    );
    const text = Object.values(files)
      .map((content) => strFromU8(content))
      .join('\n');
    expect(text).toContain('kafka.Kafka'.slice(0, 5));
    const { rows } = await client.rows.read({ limit: 500 });
    const private_ = rows.flatMap(({ id, email, phone }) => [id, email, phone].map((value) => value ?? ''));
    const told = ['pass-of-', 'user-of-kafka', ...private_].filter((word) => text.includes(word));
    expect(told).toEqual([]);
    await expect(client.diagnostics.save({ file: join(folder, 'no', 'x.zip') })).rejects.toMatchObject({
      code: 'FILE_UNWRITABLE',
    });
  });

  it('knows the engines and the size of its folder', async () => {
    const engines = await client.engines.list();
    expect(engines.map(({ kind }) => kind)).toEqual(['embedded', 'docker', 'external']);
    expect(engines[0]).toEqual({
      kind: 'embedded',
      detail: expect.stringMatching(/^Kafka 3\.9\S* · Cassandra 5\./),
    });
    expect(engines[2]).toMatchObject({ fault: { code: 'INPUT_MISSING' } });
    const { external } = await client.settings.read();
    const mine = { ...external, kafkaUser: '', brokers: `127.0.0.1:${ports.kafka}` };
    const contactPoints = `127.0.0.1:${ports.cassandra}`;
    const answers = await client.engines.try({ external: { ...mine, contactPoints }, secrets: {} });
    expect(answers.kafka).toMatch(/^[\w-]{22}$/);
    expect(answers.cassandra).toBe(`riacho-${answers.kafka}`);
    const dead = `127.0.0.1:${await deadPort()}`;
    await expect(
      client.engines.try({ external: { ...mine, contactPoints: dead }, secrets: {} }),
    ).rejects.toMatchObject({ code: 'CASSANDRA_UNREACHABLE' });
    const { path, bytes, freeBytes } = await client.settings.dataFolder();
    expect(path).toBe(dataDir);
    expect(bytes).toBeGreaterThan(1024 ** 2);
    expect(freeBytes).toBeGreaterThan(0);
  });

  it('is left running when its app goes, if that is wanted then', async () => {
    const { pid } = await serviceOf('kafka');
    await app.close({ leaveRunning: true });
    await open();
    expect((await serviceOf('kafka')).pid).toBe(pid);
    expect((await client.rows.size()).rows).toBeGreaterThan(10_000);
  });

  it('shows no sum of a stack that somebody else stopped, and lets its clients go', async () => {
    await watchRuns(({ sum }) => sum !== undefined);
    const other = await createApp({ folders: defaultFolders(dataDir), host: { kind: 'terminal' } });
    await createRouterClient(other.router).stack.stop();
    await other.close();
    await watchRuns(({ sum }) => sum === undefined);
    await expect(client.rows.read({})).rejects.toMatchObject({ code: 'STACK_NOT_RUNNING' });
    const { frame } = await client.services.next({ after: 0 });
    expect(frame.services).toEqual([]);
  });
});
