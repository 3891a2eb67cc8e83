// What the contract promises whatever carries it: typed errors, long polls, refused input, abort. Run by each
// transport's test with its own client; starts no stack.
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ORPCError, safe } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp, type App, type EngineChoice } from '../../app/create-app.ts';
import { defaultFolders } from '../../app/folders.ts';
import type { contract } from '../../contract/contract.ts';

/** A client of the contract, as a transport opened it. */
export interface OpenedClient {
  client: ContractRouterClient<typeof contract>;
  close(): Promise<void>;
}

/** A poll with nothing new is held for a second; machines are slow, and pages must not be. */
const heldMs = { least: 700, most: 2_500 };
const atOnceMs = 500;

/** A port of this machine that nobody listens at. */
async function deadAddress(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? `127.0.0.1:${address.port}` : '';
}

async function timed<T>(call: Promise<T>): Promise<{ answer: T; ms: number }> {
  const startedMs = performance.now();
  const answer = await call;
  return { answer, ms: performance.now() - startedMs };
}

/** How a call failed, as the client sees it. */
async function failureOf(call: Promise<unknown>): Promise<{ code: unknown; data: unknown; typed: boolean }> {
  const { error } = await safe(call);
  if (!(error instanceof ORPCError)) throw new Error(`no error of the contract: ${String(error)}`);
  return { code: error.code, data: error.data, typed: error.defined };
}

/** Runs the suite over the clients that `open` makes for an app. */
export function contractSuite(name: string, open: (app: App) => Promise<OpenedClient>): void {
  describe(`the contract over ${name}`, () => {
    let folder: string;
    const closing: (() => Promise<void>)[] = [];

    async function openApp(part: string, engine: EngineChoice): Promise<OpenedClient['client']> {
      const app = await createApp({
        folders: defaultFolders(join(folder, part)),
        engine,
        host: { kind: 'terminal' },
      });
      closing.push(() => app.close());
      const opened = await open(app);
      closing.push(() => opened.close());
      return opened.client;
    }

    let client: OpenedClient['client'];
    /** Of an app whose cluster nobody answers for. */
    let lost: OpenedClient['client'];
    const addresses = { brokers: '', contactPoints: '' };

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'riacho-contract-'));
      client = await openApp('embedded', { kind: 'embedded' });
      addresses.brokers = await deadAddress();
      addresses.contactPoints = await deadAddress();
      lost = await openApp('external', {
        kind: 'external',
        addresses: {
          brokers: [addresses.brokers],
          contactPoints: [addresses.contactPoints],
          localDataCenter: 'datacenter1',
        },
        access: { kafka: {}, cassandra: { localDataCenter: 'datacenter1' } },
      });
    });
    afterAll(async () => {
      for (const close of closing.reverse()) await close();
      await rm(folder, { recursive: true, force: true });
    });

    describe('an error', () => {
      it.each([
        ['rows', () => client.rows.read({})],
        ['messages', () => client.messages.read({})],
        ['the sum', () => client.topic.sum()],
        ['a producer', () => client.producer.start({ source: 'offline' })],
        ['a consumer', () => client.consumer.start({ mode: 'append' })],
        ['an export', () => client.export.start({ file: join(folder, 'x.csv') })],
        ['CQL', () => client.cql.execute({ statement: 'SELECT 1' })],
      ])('says by its code that no stack runs: %s', async (_name, call) => {
        expect(await failureOf(call())).toEqual({ code: 'STACK_NOT_RUNNING', data: {}, typed: true });
      });

      it('brings the parameters of its sentence', async () => {
        expect(await failureOf(lost.stack.start({}))).toEqual({
          code: 'BROKER_UNREACHABLE',
          data: { address: addresses.brokers },
          typed: true,
        });
        expect(await failureOf(client.producer.start({ source: 'randomuser', rate: 61 }))).toEqual({
          code: 'BAD_INPUT',
          data: { detail: 'rate 61 > 60 (randomuser.me)' },
          typed: true,
        });
      });

      it('shows nobody where in the program it was thrown', async () => {
        const { error } = await safe(client.rows.read({}));
        const told = JSON.stringify([error?.message, error instanceof ORPCError && error.toJSON()]);
        expect(told).toContain('STACK_NOT_RUNNING');
        expect(told).not.toMatch(/\bat |\.ts\b|node:/);
      });
    });

    describe('input', () => {
      it.each([
        ['stack.next', () => client.stack.next({ after: -1 }), ['after']],
        ['runs.next', () => client.runs.next({ after: 0.5 }), ['after']],
        ['rows.read', () => client.rows.read({ limit: 0 }), ['limit']],
        ['messages.read', () => client.messages.read({ limit: 1_001 }), ['limit']],
        ['cql.execute', () => client.cql.execute({ statement: '' }), ['statement']],
        ['producer.start', () => client.producer.start({ rate: 0 }), ['rate']],
        ['producer.start', () => client.producer.start({ source: 'replay' }), ['replayFile']],
        ['producer.start', () => client.producer.start({ url: 'file:///etc/passwd' }), ['url']],
        ['export.start', () => client.export.start({ file: 'x', separator: ';;' }), ['separator']],
      ])('of %s is refused by the schema, which says where', async (_name, call, path) => {
        const { code, data } = await failureOf(call());
        expect(code).toBe('BAD_REQUEST');
        expect(data).toMatchObject({ issues: [{ path }] });
      });
    });

    describe('a long poll', () => {
      const polls: [string, (after: number, signal?: AbortSignal) => Promise<{ version: number }>][] = [
        ['stack.next', (after, signal) => client.stack.next({ after }, signal ? { signal } : {})],
        ['runs.next', (after, signal) => client.runs.next({ after }, signal ? { signal } : {})],
        ['export.next', (after, signal) => client.export.next({ after }, signal ? { signal } : {})],
      ];

      it.each(polls)('of %s answers at once whoever has seen nothing', async (_name, poll) => {
        const { answer, ms } = await timed(poll(0));
        expect(answer).toMatchObject({ version: expect.any(Number), skipped: 0 });
        expect(answer.version).toBeGreaterThan(0);
        expect(ms).toBeLessThan(atOnceMs);
      });

      it.each(polls)('of %s is held about a second when there is nothing newer', async (_name, poll) => {
        const { version } = await poll(0);
        const { answer, ms } = await timed(poll(version));
        expect(answer.version).toBe(version);
        expect(ms).toBeGreaterThan(heldMs.least);
        expect(ms).toBeLessThan(heldMs.most);
      });

      it.each(polls)('of %s that is given up is let go of at once', async (_name, poll) => {
        const { version } = await poll(0);
        const stop = new AbortController();
        const held = timed(poll(version, stop.signal).catch(() => 'rejected'));
        stop.abort();
        expect((await held).ms).toBeLessThan(atOnceMs);
        // And the next one is served as ever.
        expect((await poll(0)).version).toBe(version);
      });

      it('is answered by a change, with a version that only grows', async () => {
        const known = await lost.stack.next({ after: 0 });
        const versions = [known.version];
        const states = new Set<string>();
        const start = safe(lost.stack.start({})).then(() => 'over' as const);
        for (let isOver = false; !isOver;) {
          const after = versions.at(-1) ?? 0;
          const seen = await Promise.race([lost.stack.next({ after }), start]);
          isOver = seen === 'over';
          const { version, frame } = seen === 'over' ? await lost.stack.next({ after: 0 }) : seen;
          expect(version).toBeGreaterThanOrEqual(after);
          versions.push(version);
          states.add(frame.stack);
        }
        expect(states).toContain('starting');
        expect(states).toContain('unhealthy');
        expect(versions.at(-1)).toBeGreaterThan(known.version);
      });
    });

    describe('a call without an answer of its own', () => {
      it('is settled also where there is nothing to stop', async () => {
        await client.producer.stop();
        await client.consumer.stop();
        await client.export.cancel();
        await client.stack.stop();
        expect(await client.consumer.isCaughtUp()).toBe(false);
        expect(await client.stack.status()).toMatchObject({ engine: 'embedded', stack: 'stopped' });
      });
    });
  });
}
