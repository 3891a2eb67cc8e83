// A lab for tests: a real embedded stack in a folder of its own, the real command line, real clients.
// Closing it ends everything it started, whatever the test did.
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { openDriverDatabase } from '../../pipeline/cassandra/driver-database.ts';
import type { Database } from '../../pipeline/cassandra/database.ts';
import { openKafkajsBroker } from '../../pipeline/kafka/kafkajs-broker.ts';
import type { Broker, Message } from '../../pipeline/kafka/broker.ts';
import { allUsers } from '../../pipeline/users/rows.ts';
import { readTopic } from '../../pipeline/kafka/topic-reading.ts';
import { serviceStatus } from '../../words/stack.ts';

const main = fileURLToPath(new URL('../../cli/main.ts', import.meta.url));
export const testData = (name: string): string => fileURLToPath(new URL(`../data/${name}`, import.meta.url));

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
  /** The lines of stdout that are JSON. */
  events: Record<string, unknown>[];
}

export interface CliOptions {
  env?: NodeJS.ProcessEnv;
  cwd?: string;
}

function environment(more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  // The user's own language and vitest's NODE_ENV must not reach what is tested.
  const { NODE_ENV: _node, LC_ALL: _all, LC_MESSAGES: _messages, ...rest } = process.env;
  return { ...rest, LANG: 'C.UTF-8', ...more };
}

function eventsOf(stdout: string): Record<string, unknown>[] {
  return stdout
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => z.record(z.string(), z.unknown()).parse(JSON.parse(line)));
}

/** Runs the command line as a user's shell would, to its end. */
export function cli(args: readonly string[], options: CliOptions = {}): Promise<Ended> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [main, ...args],
      { env: environment(options.env), cwd: options.cwd, maxBuffer: 64 * 1024 * 1024, timeout: 150_000 },
      (_error, stdout, stderr) => resolve({ code: child.exitCode, stdout, stderr, events: eventsOf(stdout) }),
    );
  });
}

/** A command that is still running: its events as they come, and a way to kill it. */
export interface Running {
  process: ChildProcess;
  /** All events so far. */
  events: readonly Record<string, unknown>[];
  /** Resolves with the first event that fits; rejects when the command ends without one. */
  event(fits: (event: Record<string, unknown>) => boolean): Promise<Record<string, unknown>>;
  ended: Promise<Ended>;
}

export function startCli(args: readonly string[], options: CliOptions = {}): Running {
  const child = spawn(process.execPath, [main, ...args], {
    env: environment(options.env),
    cwd: options.cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  const seen: Record<string, unknown>[] = [];
  const waiting = new Set<() => void>();
  const wake = (): void => {
    for (const go of waiting) go();
  };
  createInterface({ input: child.stdout }).on('line', (line) => {
    output.stdout += `${line}\n`;
    seen.push(...eventsOf(line));
    wake();
  });
  child.stderr.on('data', (chunk: Buffer) => (output.stderr += chunk.toString()));
  const state = { over: false };
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (code) => {
      state.over = true;
      wake();
      resolve({ code, ...output, events: seen });
    });
  });
  return {
    process: child,
    events: seen,
    ended,
    async event(fits) {
      for (;;) {
        const found = seen.find(fits);
        if (found) return found;
        if (state.over)
          throw new Error(`ended without the event: ${output.stderr} ${output.stdout.slice(-600)}`);
        await new Promise<void>((resolve) => {
          const go = (): void => {
            waiting.delete(go);
            resolve();
          };
          waiting.add(go);
        });
      }
    },
  };
}

/** Waits for a condition, asked often, with a deadline: a test never just sleeps. */
export async function eventually(
  what: string,
  condition: () => Promise<boolean> | boolean,
  ms = 60_000,
): Promise<void> {
  const deadline = performance.now() + ms;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`did not happen within ${ms} ms: ${what}`);
    await delay(20);
  }
}

export const topicStatus = z.object({
  messages: z.number(),
  skipped: z.number(),
  written: z.number(),
  deadLetters: z.number(),
  waiting: z.number(),
});

export const statusOutput = z.object({
  engine: z.string(),
  stack: z.string(),
  services: z.array(serviceStatus),
  topic: topicStatus.optional(),
});

export interface Lab {
  dataDir: string;
  /** Runs a command on this lab's data folder. */
  cli(...args: string[]): Promise<Ended>;
  start(...args: string[]): Running;
  status(): Promise<z.infer<typeof statusOutput>>;
  /** What the topic's sum says; fails where there is none. */
  topic(): Promise<z.infer<typeof topicStatus>>;
  broker: Broker;
  database: Database;
  addresses: { kafka: string; cassandra: string };
  /** Every message of a topic that is there now, as they come. */
  reading(topic: string): AsyncIterable<readonly Message[]>;
  /** The same, all of them, in offset order per partition. */
  messages(topic: string): Promise<Message[]>;
  /** The id of every row. */
  rowIds(): Promise<Set<string>>;
  close(): Promise<void>;
}

export interface LabOptions {
  /** Without it the lab has one of its own. */
  folder?: string;
  /** How the command line is told of another engine. */
  flags?: readonly string[];
  /** For every command, and so for what they start. */
  env?: NodeJS.ProcessEnv;
  /** Ports of its own, by its settings, which are the same after a restart whoever else is about. */
  ports?: { kafka: number; cassandra: number };
}

/** Starts a stack that stays until `close`, with clients connected to it. */
export async function openLab({ folder, flags = [], env = {}, ports }: LabOptions = {}): Promise<Lab> {
  const dataDir = folder ?? (await mkdtemp(join(tmpdir(), 'riacho-lab-')));
  const own = ['--data-dir', dataDir, ...flags];
  if (ports) await writeFile(join(dataDir, 'settings.json'), JSON.stringify({ ports }));
  const started = await cli(['up', '--detach', '--json', ...own], { env });
  if (started.code !== 0) throw new Error(`no stack: ${started.stderr}`);
  const status = async (): Promise<z.infer<typeof statusOutput>> => {
    const { stdout } = await cli(['status', '--json', ...own], { env });
    return statusOutput.parse(JSON.parse(stdout));
  };
  const { services } = await status();
  const addressOf = (name: string): string =>
    services.find((service) => service.name === name)?.address ?? '';
  const addresses = { kafka: addressOf('kafka'), cassandra: addressOf('cassandra') };
  const broker = openKafkajsBroker({ brokers: [addresses.kafka] });
  const database = openDriverDatabase({
    contactPoints: [addresses.cassandra],
    localDataCenter: 'datacenter1',
  });
  async function* reading(topic: string): AsyncGenerator<readonly Message[]> {
    yield* readTopic(broker, { topic, ranges: await broker.ranges(topic) });
  }
  return {
    dataDir,
    addresses,
    broker,
    database,
    status,
    cli: (...args) => cli([...args, ...own], { env }),
    start: (...args) => startCli([...args, ...own], { env }),
    async topic() {
      return topicStatus.parse((await status()).topic);
    },
    reading,
    async messages(topic) {
      const all: Message[] = [];
      for await (const messages of reading(topic)) all.push(...messages);
      return all.sort((a, b) => a.partition - b.partition || a.offset - b.offset);
    },
    async rowIds() {
      const ids = new Set<string>();
      for await (const rows of allUsers(database)) for (const { id } of rows) ids.add(id ?? '');
      return ids;
    },
    async close() {
      await broker.close();
      await database.close();
      await cli(['down', ...own], { env });
      if (!process.env['KEEP']) await rm(dataDir, { recursive: true, force: true });
    },
  };
}
