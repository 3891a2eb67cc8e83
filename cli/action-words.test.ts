// The commands that an activity names are this program's own: each is read back by it, through a shell's quoting.
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeAction, shellQuote } from '../app/action-words.ts';
import type { Action } from '../words/lab.ts';
import { capitals } from '../words/weather-facts.ts';
import { createProgram } from './program.ts';
import { createSay } from './words.ts';

const say = await createSay('en');

/** A command line as a shell cuts it into words. */
function wordsOf(command: string): string[] {
  const script = `printf '%s\\0' ${command}`;
  return execFileSync('/bin/sh', ['-c', script], { encoding: 'utf8' }).split('\0').slice(0, -1);
}

/** The flags that the program reads from a command, behind `npm run riacho --`. */
async function readBack(command: string): Promise<Record<string, unknown>> {
  const [npm, run, riacho, end, ...args] = wordsOf(command);
  expect([npm, run, riacho, end]).toEqual(['npm', 'run', 'riacho', '--']);
  const flags: Record<string, unknown>[] = [];
  const program = createProgram(say, async (found) => void flags.push({ ...found }));
  await program.parseAsync(args, { from: 'user' });
  const { localDataCenter: _usual, ...found } = flags[0] ?? {};
  return { command: args[0], ...found };
}

async function commandOf(action: Action, input: unknown, dataDir?: string) {
  const { command } = describeAction(action, input, dataDir);
  return command === undefined ? undefined : readBack(command);
}

describe('the command of an action', () => {
  it.each<[Action, unknown, Record<string, unknown>]>([
    ['stack.start', { leaveRunning: true }, { command: 'up', detach: true }],
    ['stack.start', {}, { command: 'up' }],
    ['stack.stop', undefined, { command: 'down' }],
    ['stack.reset', undefined, { command: 'down', reset: true }],
    ['consumer.start', { mode: 'initial' }, { command: 'consume', mode: 'initial', processor: 'builtin' }],
    [
      'consumer.start',
      { mode: 'append', processor: 'spark' },
      { command: 'consume', mode: 'append', processor: 'spark' },
    ],
    [
      'producer.start',
      { source: 'offline', rate: 'max', count: 500, faultyPercent: 2.5 },
      { command: 'produce', source: { source: 'offline' }, rate: 'max', count: 500, faulty: 2.5 },
    ],
    [
      'producer.start',
      { forMs: 1_500 },
      { command: 'produce', source: { source: 'auto' }, rate: 10, for: 1_500, faulty: 0 },
    ],
    [
      'producer.start',
      { source: 'replay', replayFile: "/tmp/it's a file", rate: 0.5 },
      {
        command: 'produce',
        source: { source: 'replay', replayFile: "/tmp/it's a file" },
        rate: 0.5,
        faulty: 0,
      },
    ],
    [
      'producer.start',
      { source: 'randomuser', url: 'http://127.0.0.1:1/a?b=c&d', forMs: 60_000 },
      {
        command: 'produce',
        source: { source: 'randomuser' },
        url: 'http://127.0.0.1:1/a?b=c&d',
        rate: 10,
        for: 60_000,
        faulty: 0,
      },
    ],
    [
      'export.start',
      { file: '/home/ana/$HOME/ção.csv', columns: ['id', 'email'], separator: '\t', bom: true, raw: true },
      {
        command: 'export',
        csv: '/home/ana/$HOME/ção.csv',
        columns: ['id', 'email'],
        separator: '\t',
        bom: true,
        raw: true,
      },
    ],
    [
      'export.start',
      { file: '/x.csv', separator: ';' },
      { command: 'export', csv: '/x.csv', separator: ';' },
    ],
    ['diagnostics.save', { file: '/tmp/a b.zip' }, { command: 'doctor', bundle: '/tmp/a b.zip' }],
    [
      'weather.start',
      {
        places: [...capitals.slice(0, 1), { name: "O'Higgins", latitude: -34.36, longitude: -71.04 }],
        count: 2,
      },
      { command: 'weather', places: 'Manaus;-34.36,-71.04', every: 900_000, source: 'auto', count: 2 },
    ],
    [
      'weather.start',
      { places: [{ name: 'Sul', latitude: -90, longitude: 0 }], everyMs: 5_000, source: 'offline' },
      { command: 'weather', places: '-90,0', every: 5_000, source: 'offline' },
    ],
    [
      'weather.export.start',
      { file: '/x y.csv', separator: ';', bom: true, columns: ['time', 'condition'], language: 'pt-BR' },
      {
        command: 'weather',
        csv: '/x y.csv',
        columns: ['time', 'condition'],
        separator: ';',
        bom: true,
        lang: 'pt-BR',
      },
    ],
    ['airflow.trigger', undefined, { command: 'airflow' }],
    [
      'airflow.trigger',
      { seconds: 5, rate: 2.5, url: 'http://127.0.0.1:1/a?b=c' },
      { command: 'airflow', for: 5_000, rate: 2.5, url: 'http://127.0.0.1:1/a?b=c' },
    ],
    ['cql.execute', { statement: "SELECT * FROM a WHERE b = 'c'" }, { command: 'cql', limit: 100 }],
    ['cql.execute', { statement: '-- look\nSELECT 1', limit: 7 }, { command: 'cql', limit: 7 }],
  ])('%s with %j does the same', async (action, input, expected) => {
    expect(await commandOf(action, input)).toEqual(expected);
    expect(await commandOf(action, input, '/data/my lab')).toEqual({ ...expected, dataDir: '/data/my lab' });
  });

  it('holds any statement as it was written', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, maxLength: 60, unit: 'grapheme' }).filter((text) => !text.includes('\0')),
        (statement) => {
          const { command = '' } = describeAction('cql.execute', { statement });
          expect(wordsOf(command).at(-1)).toBe(statement);
        },
      ),
      { numRuns: 40 },
    );
  });

  it.each<[Action, unknown]>([
    ['producer.start', { source: 'offline' }],
    ['producer.start', { source: 'offline', count: 1, seed: 7 }],
    ['producer.start', { url: 'http://127.0.0.1:1/', count: 1 }],
    ['producer.start', { source: 'nowhere' }],
    ['producer.stop', undefined],
    ['weather.start', { places: [...capitals], url: 'http://user:secret@127.0.0.1:1/' }],
    ['weather.stop', undefined],
    ['services.restart', { service: 'kafka' }],
    ['messages.produce', { kind: 'good' }],
    ['airflow.setPaused', { isPaused: true }],
    ['airflow.trigger', { url: 'http://ana:secret@127.0.0.1:1/' }],
    ['settings.save', { theme: 'dark' }],
    ['cql.execute', { statement: 'S'.repeat(2_001) }],
    ['export.start', { file: 1 }],
  ])('is none where no command does the same: %s with %j', async (action, input) => {
    expect(await commandOf(action, input)).toBeUndefined();
  });
});

describe('what an action was done with', () => {
  it.each<[Action, unknown, string]>([
    [
      'producer.start',
      { source: 'offline', rate: 50, forMs: 60_000, faultyPercent: 4 },
      'offline · 50/s · 60 s · 4 %',
    ],
    ['consumer.start', { mode: 'append' }, 'append'],
    ['services.stop', { service: 'kafka' }, 'kafka'],
    ['deadLetters.putBack', { partition: 2, offset: 17, value: '{"email":"a@b.c"}' }, '2/17'],
    ['settings.save', { external: { kafkaUser: 'ana' } }, 'external'],
    ['diagnostics.save', { file: '/tmp/x.zip' }, '/tmp/x.zip'],
    ['airflow.trigger', { seconds: 5, url: 'http://ana:secret@127.0.0.1:1/' }, '5 s · http://127.0.0.1:1/'],
    ['airflow.stop', { run: 'manual__1' }, 'manual__1'],
    ['consumer.start', 'nonsense', ''],
  ])('of %s is told in no language', (action, input, detail) => {
    expect(describeAction(action, input).detail).toBe(detail);
  });

  it('never holds what a record holds, nor a password', () => {
    const cql = { statement: "INSERT INTO t (id, email) VALUES ('0a1b', $$ana@example.com$$)" };
    expect(describeAction('cql.execute', cql).detail).toBe('INSERT INTO t (id, email) VALUES (…, …)');
    const url = 'http://ana:secret@127.0.0.1:1/';
    const told = describeAction('producer.start', { source: 'randomuser', url, count: 1 });
    expect(told).toEqual({ detail: 'http://127.0.0.1:1/ · 10/s · × 1' });
  });
});

describe('quoting', () => {
  it('leaves alone what a shell leaves alone', () => {
    expect(shellQuote('/home/ana/x-1.csv')).toBe('/home/ana/x-1.csv');
    expect(shellQuote('')).toBe("''");
    expect(shellQuote("it's")).toBe(`'it'\\''s'`);
  });
});
