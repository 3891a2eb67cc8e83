// The embedded engine on the real servers: one story, told in order, each step on what the one before left.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdtemp, readFile, readdir, realpath, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import cassandra from 'cassandra-driver';
import kafkajs from 'kafkajs';
import { afterAll, describe, expect, it } from 'vitest';
import { createEmbeddedEngine } from '../../stack/embedded/client.ts';
import type { Engine } from '../../stack/engine.ts';
import type { ServiceName, StackStatus } from '../../words/stack.ts';

const topic = 'kept';

// A blank, a quote, a colon and a letter outside ASCII: people's folders have them, and each format minds another.
const root = await realpath(await mkdtemp(join(tmpdir(), 'riacho test: "ção" ')));
const dataDir = join(root, 'data');
const supervisorCommand = [
  process.execPath,
  join(import.meta.dirname, 'embedded-supervisor.ts'),
  dataDir,
  join(root, 'cache'),
];
const engines: Engine[] = [];

function open(): Engine {
  const engine = createEmbeddedEngine({ dataDir, supervisorCommand });
  engines.push(engine);
  return engine;
}

/** Polls until `condition` is met; fails with its name when it is not in time. */
async function until(name: string, ms: number, condition: () => Promise<boolean> | boolean): Promise<void> {
  const deadlineMs = performance.now() + ms;
  while (!(await condition())) {
    if (performance.now() > deadlineMs) throw new Error(`not within ${ms} ms: ${name}`);
    await delay(50);
  }
}

/** Takes a port; where somebody has it already, all the better. */
async function squat(port: number): Promise<Server> {
  const server = createServer((socket) => socket.destroy()).listen(port, '127.0.0.1');
  await once(server, 'listening').catch(() => undefined);
  return server;
}

/** Every process whose command line names our data folder: the JVMs, their watchdogs, the supervisor. */
async function ourProcesses(): Promise<{ pid: number; command: string }[]> {
  const found: { pid: number; command: string }[] = [];
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const command = await readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => '');
    if (command.includes(dataDir)) found.push({ pid: Number(name), command });
  }
  return found;
}

function pidOf(status: StackStatus, name: ServiceName): number {
  const pid = status.services.find((service) => service.name === name)?.pid;
  if (pid === undefined) throw new Error(`${name} has no process id`);
  return pid;
}

async function supervisorPid(): Promise<number> {
  return Number(/"pid": (\d+)/.exec(await readFile(join(dataDir, 'stack.json'), 'utf8'))?.[1]);
}

async function topics(engine: Engine): Promise<string[]> {
  const { brokers } = await engine.addresses();
  const admin = new kafkajs.Kafka({ brokers, logLevel: kafkajs.logLevel.NOTHING }).admin();
  try {
    await admin.connect();
    return await admin.listTopics();
  } finally {
    await admin.disconnect();
  }
}

async function cql(engine: Engine, ...statements: string[]): Promise<cassandra.types.Row[]> {
  const { contactPoints, localDataCenter } = await engine.addresses();
  const client = new cassandra.Client({ contactPoints, localDataCenter });
  try {
    let rows: cassandra.types.Row[] = [];
    for (const statement of statements) rows = (await client.execute(statement)).rows;
    return rows;
  } finally {
    await client.shutdown();
  }
}

async function keyspaces(engine: Engine): Promise<string[]> {
  const rows = await cql(engine, 'SELECT keyspace_name FROM system_schema.keyspaces');
  return rows.map((row) => String(row['keyspace_name']));
}

afterAll(async () => {
  const last = open();
  await last.down().catch(() => undefined);
  await Promise.all(engines.map((engine) => engine.close()));
  for (const { pid } of await ourProcesses()) process.kill(pid, 'SIGKILL');
  await rm(root, { recursive: true, force: true, maxRetries: 5 });
});

describe('the embedded engine', () => {
  let owner: ChildProcess;
  let kafkaPid = 0;
  let cassandraPid = 0;

  it('starts from nothing: jars fetched and counted, both servers healthy', async () => {
    owner = spawn(
      process.execPath,
      [join(import.meta.dirname, 'embedded-owner.ts'), dataDir, ...supervisorCommand],
      {
        stdio: ['pipe', 'pipe', 'inherit'],
      },
    );
    const said: string[] = [];
    if (owner.stdout === null) throw new Error('the owner has no output');
    for await (const line of createInterface(owner.stdout)) {
      said.push(line);
      if (line.startsWith('{"up"')) break;
    }
    expect(said.at(-1)).toContain('"stack":"healthy"');
    expect(said.some((line) => /"kind":"fetching","done":\d+,"total":157/.test(line))).toBe(true);
    expect(
      (await readdir(join(root, 'cache', 'embedded'))).every((name) => /^[0-9a-f]{12}$/.test(name)),
    ).toBe(true);
  });

  it('is adopted by a second client, which finds the same servers', async () => {
    const second = open();
    const status = await second.up({ leaveRunning: false });
    expect(second.adopted).toBe(true);
    expect(status.services.map((service) => service.version)).toEqual(['3.9.2', '5.0.9']);
    kafkaPid = pidOf(status, 'kafka');
    cassandraPid = pidOf(status, 'cassandra');

    const { brokers } = await second.addresses();
    const admin = new kafkajs.Kafka({ brokers, logLevel: kafkajs.logLevel.NOTHING }).admin();
    await admin.connect();
    await admin.createTopics({ topics: [{ topic }], waitForLeaders: true });
    await admin.disconnect();
    await cql(
      second,
      "CREATE KEYSPACE kept WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}",
    );
    await second.close();
  });

  it('brings both servers back when they are killed, at the same addresses, with what they held', async () => {
    const engine = open();
    const before = await engine.addresses();
    process.kill(kafkaPid, 'SIGKILL');
    process.kill(cassandraPid, 'SIGKILL');
    let hasRestarted = false;
    let after = 0;
    await until('both healthy again', 20_000, async () => {
      const { version, frame } = await engine.next(after);
      after = version;
      hasRestarted ||= frame.services.some((service) => service.step?.kind === 'restarting');
      return hasRestarted && frame.stack === 'healthy';
    });
    const { frame } = await engine.next(0);
    expect([kafkaPid, cassandraPid]).not.toContain(pidOf(frame, 'kafka'));
    expect([kafkaPid, cassandraPid]).not.toContain(pidOf(frame, 'cassandra'));
    expect(await engine.addresses()).toEqual(before);
    expect(await topics(engine)).toContain(topic);
    expect(await keyspaces(engine)).toContain('kept');
  });

  it('stops in order when its owner is killed, and keeps start archives', async () => {
    owner.kill('SIGKILL');
    // Both dump their start archives as they end, which is work for a busy machine.
    await until('no process is left', 60_000, async () => (await ourProcesses()).length === 0);
    await expect(access(join(dataDir, 'stack.json'))).rejects.toThrow('ENOENT');
    const [key = ''] = await readdir(join(root, 'cache', 'embedded'));
    const archives = await readdir(join(root, 'cache', 'embedded', key, 'cds'));
    expect(archives.map((name) => name.split('-')[0])).toEqual(
      expect.arrayContaining(['cassandra', 'kafka']),
    );
  });

  it('starts again with the archives, on other ports where the usual are taken, and stays when told to', async () => {
    const squatters = [await squat(9092)];
    const starter = open();
    const starting = starter.up({ leaveRunning: true });
    // The other one is taken at the last moment, when it was found free already and Cassandra is on its way.
    let after = 0;
    await until('Cassandra on its way', 5000, async () => {
      const { version, frame } = await starter.next(after);
      after = version;
      return frame.services.find(({ name }) => name === 'cassandra')?.step?.kind === 'answering';
    });
    squatters.push(await squat(9042));
    const status = await starting.finally(() => {
      for (const server of squatters) server.close();
    });
    expect(starter.adopted).toBe(false);
    const moved = status.notices.filter((notice) => notice.kind === 'port-moved');
    expect(moved.map((notice) => [notice.service, notice.usual])).toEqual([
      ['kafka', 9092],
      ['cassandra', 9042],
    ]);
    const { brokers, contactPoints } = await starter.addresses();
    expect([...brokers, ...contactPoints]).toEqual(moved.map((notice) => `127.0.0.1:${notice.port}`));
    for (const name of ['kafka', 'cassandra'] as const) {
      const maps = await readFile(`/proc/${pidOf(status, name)}/maps`, 'utf8');
      expect(maps.includes(`/cds/${name}-17-`), `${name} has its archive mapped`).toBe(true);
    }

    await starter.close();
    const later = open();
    expect(await topics(later)).toContain(topic);
    expect(await keyspaces(later)).toContain('kept');
  });

  it('leaves no server behind when its supervisor is killed, and a start right then waits for that', async () => {
    const orphans = (await ourProcesses()).filter(({ command }) => command.includes('java'));
    expect(orphans.length).toBeGreaterThanOrEqual(2);
    process.kill(await supervisorPid(), 'SIGKILL');
    const engine = open();
    await engine.up({ leaveRunning: true });
    expect(engine.adopted).toBe(false);
    const alive = new Set((await ourProcesses()).map(({ pid }) => pid));
    expect(orphans.filter(({ pid }) => alive.has(pid))).toEqual([]);
    expect(await topics(engine)).toContain(topic);

    process.kill(await supervisorPid(), 'SIGKILL');
    await until('no process is left', 15_000, async () => (await ourProcesses()).length === 0);
  });

  it('resets to nothing, also while it is stopped', async () => {
    const engine = open();
    await engine.reset();
    expect(await readdir(dataDir)).toEqual(['logs']);
    await engine.up({ leaveRunning: false });
    expect(await topics(engine)).not.toContain(topic);
    expect(await keyspaces(engine)).not.toContain('kept');
    await engine.down();
    expect((await engine.next(0)).frame.stack).toBe('stopped');
    await expect(engine.addresses()).rejects.toMatchObject({ code: 'STACK_NOT_RUNNING' });
    await until('no process is left', 5000, async () => (await ourProcesses()).length === 0);
  });
});
