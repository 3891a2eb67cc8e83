// Several logs as one: merged by time, bounded, traces in one piece, and nothing twice or lost between two polls.
import { appendFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Engine } from '../stack/engine.ts';
import type { EngineKind } from '../words/stack.ts';
import { Logs } from './logs.ts';

const root = await mkdtemp(join(tmpdir(), 'riacho-logs-'));
afterAll(() => rm(root, { recursive: true }));

const start = Date.UTC(2026, 10, 22, 18);
const time = (ms: number): string => new Date(start + ms).toISOString();
const line = (ms: number, text: string, level = 'INFO '): string => `${time(ms)} ${level} ${text}\n`;

async function open(engine: EngineKind = 'embedded', readLog?: Engine['readLog']) {
  const dataDir = await mkdtemp(join(root, 'lab-'));
  const folder = join(dataDir, 'logs');
  await mkdir(folder);
  const logs = new Logs({
    dataDir,
    own: join(folder, 'riacho.log'),
    engine: {
      ...(readLog && { readLog }),
      next: async () => ({
        version: 1,
        frame: {
          engine,
          stack: 'healthy',
          // Of one the path is known, of the other it is the usual.
          services: [
            { name: 'kafka', state: 'healthy', address: '', log: join(folder, 'kafka.log') },
            { name: 'cassandra', state: 'healthy', address: '' },
          ],
          notices: [],
        },
      }),
    },
  });
  return {
    logs,
    say: (name: string, text: string) => appendFile(join(folder, `${name}.log`), text),
  };
}

describe('the logs', () => {
  it('are one stream by time, each line with its name, also where a trace spans lines', async () => {
    const { logs, say } = await open();
    await say(
      'kafka',
      line(10, '[A] one') + line(30, '[A] bad', 'ERROR') + 'java.Error: x\n\tat a.b(C.java:1)\n',
    );
    await say('cassandra', line(20, '[B] two', 'WARN ') + line(30, '[B] three'));
    await say('riacho', `${JSON.stringify({ level: 30, time: time(25), msg: 'own' })}\n`);
    const { lines, skipped } = await logs.next({ names: ['cassandra', 'kafka', 'riacho'] });
    expect(skipped).toBe(0);
    expect(lines.map(({ name, at, level, text }) => [name, at - start, level, text])).toEqual([
      ['kafka', 10, 'info', '[A] one'],
      ['cassandra', 20, 'warn', '[B] two'],
      ['riacho', 25, 'info', 'own'],
      ['cassandra', 30, 'info', '[B] three'],
      ['kafka', 30, 'error', '[A] bad'],
      ['kafka', 30, 'error', 'java.Error: x'],
      ['kafka', 30, 'error', '\tat a.b(C.java:1)'],
    ]);
  });

  it('go on behind the cursor, with the time and level of what was said before', async () => {
    const { logs, say } = await open();
    await say('kafka', line(10, 'bad', 'ERROR'));
    const first = await logs.next({ names: ['kafka'] });
    const coming = logs.next({ names: ['kafka'], cursor: first.cursor });
    await say('kafka', '\tat a.b(C.java:1)\n');
    const { cursor, lines } = await coming;
    expect(lines).toEqual([{ name: 'kafka', at: start + 10, level: 'error', text: '\tat a.b(C.java:1)' }]);
    const startedMs = performance.now();
    expect(await logs.next({ names: ['kafka'], cursor })).toEqual({ cursor, lines: [], skipped: 0 });
    expect(performance.now() - startedMs).toBeGreaterThan(900);
  });

  it('are bounded: of more than fits the newest are told, and the rest counted', async () => {
    const { logs, say } = await open();
    await say('kafka', line(0, 'first'));
    await say('cassandra', line(0, 'first'));
    const { cursor } = await logs.next({ names: ['kafka', 'cassandra'] });
    const many = (from: number): string =>
      Array.from({ length: 1_500 }, (_, index) => line(from + index, `${index}`)).join('');
    await say('kafka', many(1));
    await say('cassandra', many(1_001));
    const { lines, skipped } = await logs.next({ names: ['kafka', 'cassandra'], cursor });
    expect(lines).toHaveLength(1_000);
    expect(skipped).toBe(2_000);
    expect(lines.at(-1)).toMatchObject({ name: 'cassandra', text: '1499' });
  });

  it.each(['', 'nonsense', Buffer.from('{"kafka":{"offset":-1}}').toString('base64url')])(
    'begin anew with the cursor %j',
    async (cursor) => {
      const { logs, say } = await open();
      await say('kafka', line(10, 'one'));
      expect(await logs.next({ names: ['kafka'], cursor })).toMatchObject({
        lines: [{ text: 'one' }],
        skipped: 0,
      });
    },
  );

  it('of a service that is not ours are not here, nor those that nobody has written', async () => {
    const external = await open('external');
    await external.say('kafka', line(10, 'not theirs'));
    expect((await external.logs.next({ names: ['kafka', 'cassandra'] })).lines).toEqual([]);
    const fresh = await open();
    expect((await fresh.logs.next({ names: ['cassandra', 'riacho'] })).lines).toEqual([]);
  });

  it('of an engine that keeps them itself are asked of it, from where it said on', async () => {
    const asked: (string | undefined)[] = [];
    const { logs, say } = await open('docker', async (service, _limit, place) => {
      asked.push(place);
      if (service !== 'kafka') return undefined;
      const all = [
        { at: start + 10, text: 'ERROR bad' },
        { at: start + 30, text: '\tat a.b(C.java:1)' },
      ];
      return place === undefined
        ? { place: 'one', lines: all.slice(0, 1), skipped: 0 }
        : { place: 'two', lines: all.slice(1), skipped: 3 };
    });
    await say('riacho', `${JSON.stringify({ level: 30, time: time(5), msg: 'own' })}\n`);
    const first = await logs.next({ names: ['kafka', 'cassandra', 'riacho'] });
    expect(first.lines.map(({ name, text }) => [name, text])).toEqual([
      ['riacho', 'own'],
      ['kafka', 'ERROR bad'],
    ]);
    const second = await logs.next({ names: ['kafka'], cursor: first.cursor });
    expect(second).toMatchObject({
      lines: [{ name: 'kafka', at: start + 30, level: 'error' }],
      skipped: 3,
    });
    expect(asked).toEqual([undefined, undefined, 'one']);
  });

  it('have a cursor that fits the contract, whatever the logs', async () => {
    const { logs, say } = await open();
    for (const name of ['kafka', 'cassandra', 'riacho']) await say(name, line(10, 'x'));
    const { cursor } = await logs.next({ names: ['kafka', 'cassandra', 'riacho'] });
    expect(cursor.length).toBeLessThan(1_000);
  });
});
