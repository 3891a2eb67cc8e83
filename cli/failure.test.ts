// What a person is told when something went wrong, and what a script gets as exit code.
import { CommanderError } from 'commander';
import { ORPCError } from '@orpc/server';
import { describe, expect, it } from 'vitest';
import { errorCodes, RiachoError } from '../words/errors.ts';
import { commanderFault, exitCodeOf, faultOf, sentenceOf } from './failure.ts';
import { createProgram } from './program.ts';
import { createSay } from './words.ts';

const say = await createSay('en');
const dizer = await createSay('pt-BR');

describe('the fault in an error', () => {
  const fault = { code: 'JAR_CORRUPT', params: { port: 9092 } };

  it('is our own error’s, thrown here or come over the contract', () => {
    expect(faultOf(new RiachoError('JAR_CORRUPT', { port: 9092 }))).toEqual(fault);
    expect(faultOf(new ORPCError('JAR_CORRUPT', { defined: true, data: { port: 9092 } }))).toEqual(fault);
  });

  it('is wrong use where the contract refused the input, and says where', () => {
    const data = { issues: [{ path: ['rate'], message: 'too big' }, { message: 'odd' }] };
    expect(faultOf(new ORPCError('BAD_REQUEST', { data }))).toEqual({
      code: 'BAD_INPUT',
      params: { detail: 'rate: too big; : odd' },
    });
  });

  it.each([
    ['an error of the system', Object.assign(new Error('no'), { code: 'EIO', data: {} }), 'no'],
    [
      'a code of ours with data of another shape',
      new ORPCError('JAR_CORRUPT', { data: { port: [] } }),
      'JAR_CORRUPT',
    ],
    ['a thrown text', 'no', 'no'],
    ['nothing', undefined, 'undefined'],
  ])('is the unexpected for %s', (_name, error, detail) => {
    expect(faultOf(error)).toEqual({ code: 'UNEXPECTED', params: { detail } });
  });
});

describe('the sentence', () => {
  it('says what happened and what to do, in the person’s language', () => {
    const fault = { code: 'RUN_ACTIVE', params: { run: 'export' } } as const;
    expect(sentenceOf(fault, say)).toBe(
      'This export is already running. Stop it first, or wait until it ends.',
    );
    expect(sentenceOf(fault, dizer)).toBe(
      'Já há uma execução em andamento (export). Pare-a antes ou espere até que termine.',
    );
  });

  it('writes a service as people write it', () => {
    expect(sentenceOf({ code: 'ACCESS_DENIED', params: { service: 'kafka' } }, say)).toMatch(
      /^Kafka did not/,
    );
  });

  it('says who holds a port, where that is no name', () => {
    const holder = 'embedded stack';
    const fault = { code: 'SERVICE_PORT_TAKEN', params: { service: 'kafka', port: 9092, holder } } as const;
    expect(sentenceOf(fault, say)).toMatch(
      /^Port 9092, which Kafka needs, is taken by Riacho’s embedded stack\. /,
    );
    expect(sentenceOf(fault, dizer)).toMatch(/está ocupada por uma stack embutida do Riacho\. /);
    const java = { ...fault, params: { ...fault.params, holder: 'java (4711)' } };
    expect(sentenceOf(java, say)).toMatch(/is taken by java \(4711\)\. /);
  });

  it('is one line that cannot steer a terminal, whatever a server said, and ends where it should', () => {
    const detail = 'line 1:0 no\n\tviable \u001B[2J\u009B31m alternative';
    expect(sentenceOf({ code: 'CQL_REFUSED', params: { detail } }, say)).toBe(
      'Cassandra does not accept the statement: line 1:0 no viable [2J 31m alternative. Correct the statement and try again.',
    );
  });

  it('is there for every code, also where a parameter is missing', () => {
    for (const code of errorCodes) {
      expect(sentenceOf({ code, params: {} }, say)).toMatch(/^\S.* \S+.*$/);
      expect(sentenceOf({ code, params: {} }, say)).not.toContain(`errors.${code}`);
    }
  });
});

describe('a detail', () => {
  it('is said in the person’s language where it is a known one, and stays as it is where not', () => {
    const about = (detail: string) =>
      ({ code: 'SOURCE_NOT_API', params: { url: 'http://x/', detail } }) as const;
    expect(sentenceOf(about('no JSON'), dizer)).toContain('esta API: não é JSON. ');
    expect(sentenceOf(about('HTTP 404'), dizer)).toContain('esta API: HTTP 404. ');
    expect(sentenceOf(about('cli: x.y'), dizer)).toContain('esta API: cli: x.y. ');
  });

  it('brings no second full stop', () => {
    const fault = { code: 'SOURCE_UNREACHABLE', params: { url: 'http://x/', detail: 'Uh oh.' } } as const;
    expect(sentenceOf(fault, say)).toContain('reached: Uh oh. Check');
  });
});

describe('the exit code', () => {
  it('is 2 for wrong use and 1 for everything else', () => {
    const wrongUse = errorCodes.filter((code) => exitCodeOf({ code, params: {} }) === 2);
    expect(wrongUse).toEqual(['EXPORT_BAD_COLUMN', 'BAD_INPUT', 'INPUT_MISSING']);
    expect(exitCodeOf({ code: 'CANCELLED', params: {} })).toBe(1);
  });
});

describe('wrong use of the command line', () => {
  /** Code and detail of the fault; undefined where commander was content, or only showed something. */
  async function complaintAbout(...args: string[]): Promise<unknown> {
    const program = createProgram(say, async () => undefined);
    for (const command of [program, ...program.commands])
      command.configureOutput({ writeOut: () => undefined });
    try {
      await program.parseAsync(args, { from: 'user' });
      return undefined;
    } catch (error) {
      const cause = error instanceof CommanderError ? commanderFault(error) : error;
      if (cause === undefined) return undefined;
      const { code, params } = faultOf(cause);
      return [code, params['detail']];
    }
  }

  it.each([
    ['an unknown command', ['fly'], 'BAD_INPUT', 'fly'],
    ['an unknown flag', ['status', '--nope'], 'BAD_INPUT', '--nope'],
    ['a word too many', ['run', "it's", 'b'], 'BAD_INPUT', "it's, b"],
    ['a flag without its value', ['run', '--for'], 'INPUT_MISSING', '--for <TIME>'],
    ['a missing flag', ['consume'], 'INPUT_MISSING', '--mode <MODE>'],
    ['a missing statement', ['cql'], 'INPUT_MISSING', 'STATEMENT'],
    ['a value that cannot be read', ['run', '--rate', 'fast'], 'BAD_INPUT', '--rate fast'],
    ['a rate beyond all measure', ['run', '--rate', '1000001'], 'BAD_INPUT', '--rate 1000001 (> 1000000)'],
    ['a limit beyond a frame', ['rows', '--limit', '1001'], 'BAD_INPUT', '--limit 1001 (> 1000)'],
    ['an empty list', ['export', '--csv', 'x', '--columns', ' ,'], 'BAD_INPUT', '--columns  ,'],
    ['an address without a port', ['up', '--brokers', 'a:1,b'], 'BAD_INPUT', '--brokers b (HOST:PORT)'],
  ])('names %s', async (_name, args, code, detail) =>
    expect(await complaintAbout(...args)).toEqual([code, detail]),
  );

  it.each([
    ['--help'],
    ['help', 'run'],
    ['run', '--help'],
    ['--version'],
    ['run'],
    ['consume', '--mode', 'append'],
  ])('is not: %s %s', async (...args) =>
    expect(await complaintAbout(...args.filter((arg) => arg !== undefined))).toBe(undefined),
  );
});
