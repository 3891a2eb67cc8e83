// Every call of the contract with a thousand random inputs, over a real WebSocket, at a host in a process of its own:
// each is answered or refused, and the host lives on.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ORPCError } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { contract } from '../../contract/contract.ts';
import { errorCodes } from '../../words/errors.ts';

const inputs = 1_000;
/** So many under way at once: a poll that is held takes a second of its own. */
const atOnce = 100;
/** Nobody waits longer for the answer to nonsense. */
const patienceMs = 3_000;

interface Procedure {
  path: string[];
  input: z.ZodType | undefined;
}

/** Every procedure of the contract, wherever it stands. */
function proceduresOf(tree: object, path: string[] = []): Procedure[] {
  return Object.entries(tree).flatMap(([name, part]: [string, object]) => {
    if (!('~orpc' in part)) return proceduresOf(part, [...path, name]);
    const { inputSchema } = part['~orpc'] as { inputSchema?: z.ZodType };
    return [{ path: [...path, name], input: inputSchema }];
  });
}

/** Names of the fields that a schema speaks of, however deep. */
function fieldsOf(schema: z.ZodType | undefined): string[] {
  if (schema === undefined) return [];
  const names = JSON.stringify(z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' }));
  return [...names.matchAll(/"(\w+)":\{/g)]
    .map(([, name]) => name ?? '')
    .filter((name) => name !== 'properties');
}

const odd = fc.oneof(
  fc.anything({ withBigInt: true, withDate: true, withMap: true, withSet: true, withNullPrototype: false }),
  fc.string({ unit: 'binary', maxLength: 2_000 }),
  fc.integer(),
  fc.double(),
  fc.constantFrom<unknown>(
    0,
    -1,
    1,
    2 ** 53,
    NaN,
    Infinity,
    '',
    ' ',
    '0',
    '../x',
    '/dev/null',
    'file:///etc/passwd',
  ),
  fc.constantFrom<unknown>(
    'embedded',
    'external',
    'initial',
    'append',
    'offline',
    'newest',
    'beginning',
    'live',
  ),
  fc.constantFrom<unknown>(true, false, null, undefined, [], {}, '__proto__', 'constructor', '\0', '\ud800'),
);

/** Anything at all, and things that look like what is asked for. */
function inputFor({ input }: Procedure): fc.Arbitrary<unknown> {
  const fields = fieldsOf(input);
  if (fields.length === 0) return odd;
  const shaped = fc.dictionary(fc.constantFrom(...fields), odd, { maxKeys: 6 });
  const nested = fc.dictionary(fc.constantFrom(...fields), fc.oneof(odd, shaped), { maxKeys: 6 });
  return fc.oneof({ weight: 1, arbitrary: odd }, { weight: 3, arbitrary: nested });
}

let folder: string;
let host: ChildProcess;
let said = '';
let websocket: WebSocket;
let call: (path: string[], input: unknown, signal: AbortSignal) => Promise<unknown>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'riacho-fuzz-'));
  const at = (name: string): string => join(folder, name);
  for (const name of ['data', 'cache', 'page', 'work']) await mkdir(at(name));
  await writeFile(at('page/index.html'), 'page');
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const { port } = taken.address() as { port: number };
  taken.close();
  const entry = join(import.meta.dirname, 'fuzz-host.ts');
  host = spawn(process.execPath, [entry, at('data'), at('cache'), at('page'), `127.0.0.1:${port}`], {
    // Names without a folder are files here.
    cwd: at('work'),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  host.stderr?.on('data', (chunk: Buffer) => (said = `${said}${chunk.toString()}`.slice(-10_000)));
  const [line] = host.stdout ? ((await once(host.stdout, 'data')) as [Buffer]) : [];
  const url = String(line).trim();
  const { origin, host: name } = new URL(url);
  const entered = await fetch(url, { redirect: 'manual' });
  const [cookie = ''] = (entered.headers.get('set-cookie') ?? '').split(';');
  websocket = new WebSocket(`ws://${name}/rpc`, { headers: { cookie, origin } });
  websocket.binaryType = 'arraybuffer';
  await once(websocket, 'open');
  const link = new RPCLink({ websocket: websocket as unknown as globalThis.WebSocket });
  call = (path, input, signal) => link.call(path, input, { context: {}, signal });
});
afterAll(async () => {
  websocket.terminate();
  host.kill('SIGTERM');
  if (host.exitCode === null) await once(host, 'exit');
  await rm(folder, { recursive: true, force: true });
});

/** What came of it: an answer, one of our codes, or the schema's refusal. Anything else is a fault of ours. */
async function outcomeOf(path: string[], input: unknown): Promise<string> {
  const patience = AbortSignal.timeout(patienceMs);
  try {
    await call(path, input, patience);
    return 'answered';
  } catch (error) {
    if (patience.aborted) return 'given up';
    if (error instanceof ORPCError) return String(error.code);
    return `no error of the contract: ${String(error)}`;
  }
}

async function shower(procedure: Procedure, payloads: unknown[]): Promise<string[]> {
  const outcomes: string[] = [];
  const queue = payloads.values();
  const take = async (): Promise<void> => {
    for (const payload of queue) outcomes.push(await outcomeOf(procedure.path, payload));
  };
  await Promise.all(Array.from({ length: atOnce }, take));
  return outcomes;
}

const expected = new Set<string>([...errorCodes, 'BAD_REQUEST', 'answered', 'given up']);
const procedures = proceduresOf(contract);

it('every call there is is tried', () => {
  expect(procedures.length).toBeGreaterThan(45);
});

describe('a host that is showered with nonsense', { timeout: 120_000 }, () => {
  it.each(procedures.map((procedure) => [procedure.path.join('.'), procedure] as const))(
    'outlives %s',
    async (_name, procedure) => {
      const payloads = fc.sample(inputFor(procedure), { numRuns: inputs, seed: 20_261_122 });
      const outcomes = await shower(procedure, payloads);
      expect(outcomes).toHaveLength(inputs);
      expect([...new Set(outcomes)].filter((outcome) => !expected.has(outcome))).toEqual([]);
      expect([host.exitCode, said]).toEqual([null, '']);
      expect(await outcomeOf(['host', 'info'], undefined)).toBe('answered');
    },
  );

  it('outlives what is no call at all', async () => {
    const frame = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 500 }),
      fc.json(),
      fc.uint8Array({ maxLength: 500 }).map((bytes) => new Uint8Array(bytes)),
      fc.record({ i: fc.anything(), t: fc.anything(), p: fc.anything() }).map((value) => fc.stringify(value)),
      fc
        .record({ i: fc.nat(9).map(String), t: fc.constantFrom(1, 2, 3, 4, 9), p: fc.json() })
        .map((value) => JSON.stringify(value)),
    );
    for (const data of fc.sample(frame, { numRuns: inputs, seed: 20_261_122 })) websocket.send(data);
    expect(await outcomeOf(['host', 'info'], undefined)).toBe('answered');
    expect(host.exitCode).toBeNull();
  });
});
