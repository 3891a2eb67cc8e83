// Wrong use, on the real program and the real servers: one sentence in the person's language, what to do, exit code
// 1 or 2, no stack trace, nothing half-written.
import { once } from 'node:events';
import { access, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { usersTopic } from '../../words/users.ts';
import { cli, eventually, openLab, startCli, testData, type Ended, type Lab, type Running } from './lab.ts';
import { brokenApi, expectNothingLeft, processesOf, without } from './machine.ts';
import { expectNoTrace, expectRefusal, expectTold, languages, unfinishedIn, type Told } from './told.ts';

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'riacho-wrong-'));
});
afterAll(() => rm(root, { recursive: true, force: true, maxRetries: 5 }));

describe('a command line that cannot be read', () => {
  const missing = (...names: string[]): Told => ({ error: 'INPUT_MISSING', exit: 2, names });
  const bad = (...names: string[]): Told => ({ error: 'BAD_INPUT', exit: 2, names });

  it.each([
    ['an unknown command', ['fly'], bad('fly')],
    ['an unknown flag', ['run', '--nope'], bad('--nope')],
    ['a word too many', ['run', 'fast'], bad('fast')],
    ['a missing flag', ['consume'], missing('--mode')],
    ['a missing file', ['export'], missing('--csv')],
    ['a missing statement', ['cql'], missing('STATEMENT')],
    ['a flag without its value', ['run', '--for'], missing('--for')],
    ['a time that is none', ['run', '--for', '10x'], bad('--for 10x')],
    ['no time at all', ['consume', '--mode', 'append', '--until-idle', '0'], bad('--until-idle 0')],
    ['a count that is none', ['run', '--count', '1.5'], bad('--count 1.5')],
    ['a rate that is none', ['run', '--rate', 'fast'], bad('--rate fast')],
    ['a rate beyond the API’s', ['run', '--source', 'randomuser', '--rate', '61'], bad('--rate 61', '60')],
    ['a share beyond all', ['run', '--faulty', '101'], bad('--faulty 101')],
    ['a source that is none', ['run', '--source', 'twitter'], bad('--source twitter')],
    ['an address that is none', ['run', '--url', 'ftp://x'], bad('--url ftp://x')],
    ['a mode that is none', ['consume', '--mode', 'all'], bad('--mode all', 'initial', 'append')],
    ['a place that is none', ['messages', '--from', 'end'], bad('--from end')],
    ['a limit beyond a frame', ['rows', '--limit', '1001'], bad('--limit 1001')],
    ['a separator that is none', ['export', '--csv', 'x', '--separator', '::'], bad('--separator ::')],
    ['an empty list', ['export', '--csv', 'x', '--columns', ','], bad('--columns ,')],
    ['an engine that is none', ['up', '--engine', 'podman'], bad('--engine podman', 'docker')],
    ['a profile that is none', ['up', '--profile', 'big'], bad('--profile big', 'light')],
    [
      'a profile of another engine',
      ['up', '--profile', 'light', '--engine', 'embedded'],
      bad('--profile light'),
    ],
    ['an external engine without addresses', ['up', '--engine', 'external'], bad('--brokers')],
    ['an address without a port', ['up', '--brokers', 'kafka'], bad('--brokers kafka')],
    ['copies that are none', ['up', '--replication', '0'], bad('--replication 0')],
    [
      'a missing recording',
      ['run', '--source', 'replay:/no/such.json'],
      { error: 'REPLAY_UNREADABLE', names: ['/no/such.json', 'ENOENT'] },
    ],
    [
      'a CSV in a folder that is not there',
      ['run', '--csv', '/no/such/x.csv'],
      { error: 'EXPORT_UNWRITABLE', names: ['/no/such/x.csv', 'ENOENT'] },
    ],
  ] satisfies [string, string[], Told][])('%s', async (_name, args, told) => {
    const data = join(root, 'unread');
    const [command = '', ...flags] = args;
    const both = await expectRefusal([command, '--data-dir', data, ...flags], told);
    // Nothing was begun for it.
    for (const { stdout } of both) expect(stdout).toBe('');
    expect(await readdir(data).catch(() => [])).not.toContain('services');
  });

  it('a language that we do not have', async () => {
    const ended = await cli(['status', '--lang', 'de']);
    expectTold(ended, 'en', bad('--lang de', 'en, pt-BR'));
    expect(ended.stdout).toBe('');
  });
});

describe('a stack that runs', () => {
  let lab: Lab;
  let api: Server;
  let url: string;
  let data: string;
  let csv: string;
  /** How the first start in the lab's folder ended, and what it left. */
  let interrupted: { ended: Ended; left: string[] };
  const asked: string[] = [];

  async function interruptStart(): Promise<void> {
    const source = ['--source', `replay:${testData('randomuser-answer-2.json')}`];
    const run = startCli(['run', ...source, '--csv', csv, '--json', '--data-dir', data]);
    await run.event(({ services }) => JSON.stringify(services ?? '').includes('"answering"'));
    run.process.kill('SIGINT');
    const ended = await run.ended;
    await expectNothingLeft(data);
    interrupted = { ended, left: await readdir(data) };
  }

  beforeAll(async () => {
    data = join(root, 'lab');
    csv = join(root, 'users.csv');
    api = brokenApi(asked).listen(0, '127.0.0.1');
    await once(api, 'listening');
    url = `http://127.0.0.1:${z.object({ port: z.number() }).parse(api.address()).port}`;
    await interruptStart();
    lab = await openLab({ folder: data });
  });
  afterAll(async () => {
    api.close();
    await lab?.close();
  });

  const produce = (...args: string[]): string[] => ['produce', ...args, '--data-dir', lab.dataDir];

  it('was stopped by Ctrl-C while it started, left nothing half-made, and started again on that', async () => {
    const { ended, left } = interrupted;
    expect(ended).toMatchObject({ code: 130, stderr: '' });
    expectNoTrace(ended);
    expect(left).not.toContain('stack.json');
    await expect(access(csv)).rejects.toThrow('ENOENT');
    expect((await lab.status()).stack).toBe('healthy');
  });

  it.concurrent.each([
    ['answers HTML with 200', '/html', 'SOURCE_NOT_API', 'JSON'],
    ['is not there (404)', '/404', 'SOURCE_NOT_API', 'HTTP 404'],
    ['has enough of us (429)', '/429', 'SOURCE_UNREACHABLE', 'HTTP 429'],
    ['turns us away (403)', '/403', 'SOURCE_UNREACHABLE', 'HTTP 403'],
    ['is broken (500)', '/500', 'SOURCE_UNREACHABLE', 'HTTP 500'],
    ['breaks off', '/cut', 'SOURCE_UNREACHABLE', ''],
  ] as const)('an API that %s', async (_name, path, error, detail) => {
    const told: Told = { error, names: [url + path, detail] };
    const both = await expectRefusal(produce('--url', url + path, '--for', '1500ms'), told);
    // What will pass is asked for again, after a pause that grows, and said once; what will not, is not.
    const isPassing = error === 'SOURCE_UNREACHABLE';
    const times = asked.filter((one) => one === path).length / languages.length;
    expect(times).toBeGreaterThanOrEqual(isPassing ? 2 : 1);
    expect(times).toBeLessThanOrEqual(isPassing ? 3 : 1);
    const waits = both.map(({ stdout }) => stdout.match(/Waiting, and trying again|Esperando e tentando/g));
    expect(waits.map((found) => found?.length ?? 0)).toEqual(isPassing ? [1, 1] : [0, 0]);
  });

  it('an API that nobody answers for: `randomuser` fails, and never falls back', async () => {
    const told: Told = { error: 'SOURCE_UNREACHABLE', names: ['https://randomuser.me/api/', 'ENOTFOUND'] };
    const options = { env: without('api') };
    await expectRefusal(produce('--source', 'randomuser', '--for', '1s'), told, options);
    const messages = (await lab.topic()).messages;
    expect(messages).toBe(0);
  });

  it('an API that nobody answers for: `auto` says so once, plainly, and goes on offline', async () => {
    const said = { en: 'randomuser.me cannot be reached', 'pt-BR': 'randomuser.me não pode ser alcançado' };
    await Promise.all(
      languages.map(async (language) => {
        const args = produce('--source', 'auto', '--for', '3s', '--lang', language);
        const ended = await cli(args, { env: without('api') });
        expect(ended).toMatchObject({ code: 0, stderr: '' });
        expect(ended.stdout.split(said[language])).toHaveLength(2);
        expect(ended.stdout).toContain('ENOTFOUND');
        expectNoTrace(ended);
      }),
    );
    expect((await lab.topic()).messages).toBeGreaterThan(0);
  });

  it.each([
    ['no user', '{"name":"Ana"}\n', 'gender'],
    ['nothing', '', ''],
    ['no JSON', 'id,first_name\n', 'JSON'],
  ])('a recording that holds %s', async (name, text, detail) => {
    const path = join(root, `recording of ${name}.json`);
    await writeFile(path, text);
    const before = await lab.broker.ranges(usersTopic);
    const told: Told = { error: 'REPLAY_NOT_USERS', names: [path, detail] };
    await expectRefusal(produce('--source', `replay:${path}`), told);
    expect(await lab.broker.ranges(usersTopic)).toEqual(before);
  });

  it('a CSV that cannot be written leaves no part of one', async () => {
    const file = join(root, 'no', 'users.csv');
    const told: Told = { error: 'EXPORT_UNWRITABLE', names: [file, 'ENOENT'] };
    await expectRefusal(['export', '--csv', file, '--data-dir', lab.dataDir], told);
    expect(await unfinishedIn(lab.dataDir)).toEqual([]);
  });

  it('a second consumer', async () => {
    const first = lab.start('consume', '--mode', 'append', '--json');
    await first.event(({ event }) => event === 'progress');
    await eventually('the first is in the group', async () => (await lab.broker.members('riacho-users')) > 0);
    const told: Told = { error: 'GROUP_BUSY', names: ['riacho-users'] };
    const both = await expectRefusal(['consume', '--mode', 'append', '--data-dir', lab.dataDir], told);
    // It waits for a while, since the other may have been killed, and says that it does.
    expect(both[0]?.stdout).toContain('waiting for the group to be free');
    first.process.kill('SIGINT');
    expect((await first.ended).code).toBe(130);
  });

  it('a statement that is none', async () => {
    const told: Told = { error: 'CQL_REFUSED', names: ['SELEKT'] };
    const both = await expectRefusal(['cql', 'SELEKT 1', '--data-dir', lab.dataDir], told);
    expect(both.map(({ stdout }) => stdout)).toEqual(['', '']);
  });

  it('with --json ends with the error as an event, beside the sentence', async () => {
    for (const language of languages) {
      const ended = await cli([...produce('--url', `${url}/html`), '--json', '--lang', language]);
      expectTold(ended, language, { error: 'SOURCE_NOT_API', names: [`${url}/html`] });
      expect(ended.stdout.trimEnd().split('\n').at(-1)?.startsWith('{"event":"error",')).toBe(true);
      expect(ended.events.at(-1)).toEqual({
        event: 'error',
        code: 'SOURCE_NOT_API',
        params: { url: `${url}/html`, detail: 'no JSON' },
        sentence: ended.stderr.trimEnd(),
      });
    }
  });

  it('a table of another shape is named with its difference, and nothing is written to it', async () => {
    await lab.database.execute('DROP TABLE dsa_dados_usuarios.tb_usuarios', 1);
    await lab.database.execute(
      'CREATE TABLE dsa_dados_usuarios.tb_usuarios (id text PRIMARY KEY, first_name text, post_code int)',
      1,
    );
    const told: Told = {
      error: 'TABLE_SHAPE',
      names: ['dsa_dados_usuarios.tb_usuarios', 'post_code: int ≠ text', 'picture: – ≠ text'],
    };
    const own = ['--data-dir', lab.dataDir];
    const before = await lab.broker.ranges(usersTopic);
    await expectRefusal(['run', '--source', 'offline', '--count', '1', '--csv', csv, ...own], told);
    await expectRefusal(['consume', '--mode', 'append', ...own], told);
    await expectRefusal(['rows', ...own], told);
    await expectRefusal(['export', '--csv', csv, ...own], told);
    expect(await lab.broker.ranges(usersTopic)).toEqual(before);
    await expect(access(csv)).rejects.toThrow('ENOENT');
    expect(await unfinishedIn(lab.dataDir)).toEqual([]);
  });
});

describe('a stack that does not run', () => {
  it.each([
    ['produce', '--source', 'offline'],
    ['consume', '--mode', 'append'],
    ['messages'],
    ['rows'],
    ['cql', 'SELECT 1'],
    ['dead-letters'],
    ['export', '--csv', 'never.csv'],
  ])('has nothing for %s', async (...args) => {
    const command = [...args.filter((arg) => arg !== undefined), '--data-dir', join(root, 'idle')];
    await expectRefusal(command, { error: 'STACK_NOT_RUNNING', names: ['up --detach'] }, { cwd: root });
    expect(await readdir(root)).not.toContain('never.csv');
  });

  it('is stopped all the same, and its state is said', async () => {
    const own = ['--data-dir', join(root, 'idle')];
    expect(await cli(['down', ...own])).toMatchObject({ code: 0, stderr: '' });
    const status = await cli(['status', '--json', ...own]);
    expect(status).toMatchObject({ code: 0, stderr: '', events: [{ stack: 'stopped' }] });
  });
});

describe('a stack that starts', () => {
  const servicesOf = z.object({ services: z.array(z.object({ name: z.string(), pid: z.number() })) });

  /** Takes a usual port; where somebody has it already, all the better. */
  async function squat(port: number): Promise<() => void> {
    const server = createServer((socket) => socket.destroy()).listen(port, '127.0.0.1');
    await once(server, 'listening').catch(() => undefined);
    return () => server.close();
  }

  it('on taken ports says where it went, for two commands at once is one stack, and ends both by `down`', async () => {
    const own = ['--data-dir', join(root, 'both')];
    const releases = [await squat(9092), await squat(9042)];
    const starts: Running[] = languages.map((language) => startCli(['up', ...own, '--lang', language]));
    try {
      const watch = startCli(['up', '--json', ...own]);
      const event = servicesOf.parse(await watch.event((one) => one['event'] === 'up'));
      const status = await cli(['status', '--json', ...own]);
      const pids = servicesOf.parse(JSON.parse(status.stdout)).services.map(({ pid }) => pid);
      expect(event.services.map(({ pid }) => pid)).toEqual(pids);
      const jvms = (await processesOf(join(root, 'both'))).filter((line) => line.includes('java '));
      // Each with its watchdog.
      expect(jvms.filter((line) => !line.includes('riacho-watchdog'))).toHaveLength(2);
      expect(await cli(['down', ...own])).toMatchObject({ code: 0, stderr: '' });
      const [english, portuguese] = await Promise.all(starts.map(({ ended }) => ended));
      expect(english).toMatchObject({ code: 0, stderr: '' });
      expect(english?.stdout).toContain('Kafka: port 9092 is taken, using ');
      expect(english?.stdout).toContain('Cassandra: port 9042 is taken, using ');
      expect(english?.stdout).toContain('The stack was stopped by another window or command');
      expect(portuguese).toMatchObject({ code: 0, stderr: '' });
      expect(portuguese?.stdout).toContain('Kafka: a porta 9092 está ocupada, usando ');
      expect(portuguese?.stdout).toContain('A stack foi parada por outra janela ou comando');
      expect((await watch.ended).code).toBe(0);
    } finally {
      for (const release of releases) release();
      for (const { process: child } of starts) child.kill('SIGKILL');
    }
    await expectNothingLeft(join(root, 'both'));
  });
});

it('a reader that went away ends the command without a word, as with `| head`', async () => {
  const doctor = startCli(['doctor', '--data-dir', join(root, 'alone')]);
  doctor.process.stdout?.destroy();
  expect(await doctor.ended).toMatchObject({ stderr: '', code: 130 });
});
