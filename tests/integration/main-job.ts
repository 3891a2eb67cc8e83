// The main job as a user does it: one command from a source to rows and a CSV, and the commands around it. The same
// story on every engine that runs a stack.
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { apiAnswer, type RawUser } from '../../pipeline/users/raw-user.ts';
import { toUser } from '../../pipeline/users/to-user.ts';
import { userColumns, usersTopic, type User } from '../../words/users.ts';
import type { EngineKind } from '../../words/stack.ts';
import { openLab, testData, type Lab } from './lab.ts';

const summaryOf = (engine: EngineKind) =>
  z.object({
    event: z.literal('summary'),
    produced: z.number(),
    written: z.number(),
    deadLetters: z.number(),
    waiting: z.number(),
    skipped: z.number(),
    rows: z.number(),
    seconds: z.number(),
    source: z.string(),
    engine: z.literal(engine),
  });

const recordings = ['randomuser-answer.json', 'randomuser-answer-2.json'];

async function recordedUsers(name: string): Promise<RawUser[]> {
  return apiAnswer.parse(JSON.parse(await readFile(testData(name), 'utf8'))).results;
}

/** The cells a raw user becomes, but for the new id: what must be found again byte for byte. */
function cellsOf(user: User | Record<string, string | null>): string {
  return JSON.stringify(userColumns.filter((column) => column !== 'id').map((column) => user[column]));
}

function readCsv(text: string): Record<string, string>[] {
  return z.array(z.record(z.string(), z.string())).parse(parse(text, { columns: true, bom: true }));
}

/** `flags`: how the command line is told of the engine. */
export function describeMainJob(engine: EngineKind, flags: readonly string[] = []): void {
  const summary = summaryOf(engine);

  describe(`the main job, ${engine}`, () => {
    let lab: Lab;
    let folder: string;
    beforeAll(async () => {
      lab = await openLab({ flags });
      folder = await mkdtemp(join(tmpdir(), 'riacho-out-'));
    });
    afterAll(async () => {
      await lab?.close();
      await rm(folder, { recursive: true, force: true });
    });

    it.each(recordings)('brings %s into the table and the CSV byte for byte', async (name) => {
      const users = await recordedUsers(name);
      const csv = join(folder, `${name}.csv`);
      const ended = await lab.cli(
        'run',
        '--source',
        `replay:${testData(name)}`,
        '--rate',
        'max',
        '--csv',
        csv,
        '--json',
      );
      expect(ended.stderr).toBe('');
      expect(ended.code).toBe(0);
      const last = summary.parse(ended.events.at(-1));
      expect(last).toMatchObject({
        produced: users.length,
        written: users.length,
        deadLetters: 0,
        waiting: 0,
        source: 'replay',
      });
      const wanted = users.map((raw) => cellsOf(toUser(raw, '')));
      const rows = (await lab.database.readUsers(1_000)).rows.map(cellsOf);
      expect(rows).toEqual(expect.arrayContaining(wanted));
      const cells = readCsv(await readFile(csv, 'utf8')).map(cellsOf);
      // A phone number that begins with + or a name with = would be neutralised; these recordings have none.
      expect(cells).toEqual(expect.arrayContaining(wanted));
      expect(last.rows).toBe(rows.length);
    });

    it('takes users from another address in the shape of the API, many a request', async () => {
      const answer = await readFile(testData('randomuser-answer-2.json'), 'utf8');
      const asked: string[] = [];
      const server: Server = createServer((request, response) => {
        asked.push(request.url ?? '');
        response.setHeader('content-type', 'application/json; charset=utf-8').end(answer);
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      try {
        const { port } = server.address() as AddressInfo;
        const before = await lab.topic();
        const ended = await lab.cli(
          'run',
          '--url',
          `http://127.0.0.1:${port}/api/`,
          '--count',
          '12',
          '--rate',
          'max',
          '--json',
        );
        expect(ended.code).toBe(0);
        expect(summary.parse(ended.events.at(-1))).toMatchObject({
          produced: 12,
          written: 12,
          source: 'randomuser',
        });
        expect(asked.length).toBeLessThan(12);
        expect(asked.every((url) => /^\/api\/\?results=\d+$/.test(url))).toBe(true);
        const after = await lab.topic();
        expect(after.written - before.written).toBe(12);
        const rows = (await lab.database.readUsers(1_000)).rows.map(cellsOf);
        const wanted = (await recordedUsers('randomuser-answer-2.json')).map((raw) =>
          cellsOf(toUser(raw, '')),
        );
        for (const cells of wanted)
          expect(rows.filter((row) => row === cells).length).toBeGreaterThanOrEqual(2);
      } finally {
        server.close();
      }
    });

    it('keeps the sum, with spoiled records as dead letters and what another mode skipped', async () => {
      const spoiled = await lab.cli(
        'produce',
        '--source',
        'offline',
        '--count',
        '200',
        '--faulty',
        '25',
        '--rate',
        'max',
        '--json',
      );
      expect(spoiled.events.at(-1)).toMatchObject({ event: 'summary', produced: 200, spoiled: 50 });
      const waiting = await lab.topic();
      expect(waiting.waiting).toBe(200);
      const consumed = await lab.cli('consume', '--mode', 'append', '--until-idle', '1s', '--json');
      expect(consumed.events.at(-1)).toMatchObject({
        event: 'summary',
        written: 150,
        deadLetters: 50,
        waiting: 0,
      });
      const sum = await lab.topic();
      expect(sum.messages).toBe(sum.skipped + sum.written + sum.deadLetters + sum.waiting);
      expect(sum).toMatchObject({
        waiting: 0,
        deadLetters: waiting.deadLetters + 50,
        written: waiting.written + 150,
      });

      const letters = await lab.cli('dead-letters', '--json', '--limit', '1000');
      const reasons = letters.events
        .filter(({ event }) => event === 'deadLetter')
        .map(({ reason }) => reason);
      expect(new Set(reasons)).toEqual(
        new Set(['bad-email', 'missing-field', 'null-field', 'not-json', 'not-utf8']),
      );
      expect(letters.events.at(-1)).toMatchObject({ total: sum.deadLetters });
    });

    it('reads everything again in mode initial, making no row and no letter twice', async () => {
      const before = { rows: await lab.database.countUsers(), sum: await lab.topic() };
      const lettersBefore = (await lab.cli('dead-letters', '--json')).events.at(-1);
      const consumed = await lab.cli('consume', '--mode', 'initial', '--until-idle', '1s', '--json');
      expect(consumed.events.at(-1)).toMatchObject({
        written: before.sum.messages - before.sum.deadLetters,
        deadLetters: before.sum.deadLetters,
        skipped: 0,
      });
      expect(await lab.database.countUsers()).toBe(before.rows);
      expect((await lab.cli('dead-letters', '--json')).events.at(-1)).toEqual(lettersBefore);
      expect(await lab.topic()).toEqual(before.sum);
    });

    it('shows messages, rows and answers to CQL', async () => {
      const newest = await lab.cli('messages', '--limit', '3', '--json');
      expect(newest.events.filter(({ event }) => event === 'message')).toHaveLength(3);
      const all = await lab.cli(
        'messages',
        '--from',
        'beginning',
        '--filter',
        'artyn.slry@example.com',
        '--json',
      );
      const found = all.events.filter(({ event }) => event === 'message');
      expect(found.length).toBeGreaterThan(0);
      const messages = await lab.messages(usersTopic);
      expect(all.events.at(-1)).toMatchObject({
        scanned: messages.length,
        total: messages.length,
        matched: found.length,
      });

      const [message] = messages;
      const id = message?.key?.toString() ?? '';
      const row = await lab.cli('rows', '--id', id, '--json');
      expect(row.events).toMatchObject([{ event: 'row', row: { id } }]);
      const answer = await lab.cli('cql', 'SELECT count(*) FROM dsa_dados_usuarios.tb_usuarios', '--json');
      expect(answer.events).toMatchObject([
        { event: 'row', row: { count: String(await lab.database.countUsers()) } },
      ]);
      const wrong = await lab.cli('cql', 'SELEKT 1');
      expect(wrong.code).toBe(1);
      expect(wrong.stderr).toMatch(/^Cassandra does not accept the statement: .*\n$/);
    });

    it('exports chosen columns with another separator, and refuses a column that is not there', async () => {
      const csv = join(folder, 'chosen.csv');
      const ended = await lab.cli(
        'export',
        '--csv',
        csv,
        '--columns',
        'email,post_code',
        '--separator',
        ';',
        '--bom',
      );
      expect(ended.code).toBe(0);
      const text = await readFile(csv, 'utf8');
      expect(text.startsWith('\uFEFFemail;post_code\r\n')).toBe(true);
      expect(text.trimEnd().split('\r\n')).toHaveLength((await lab.database.countUsers()) + 1);
      const wrong = await lab.cli('export', '--csv', join(folder, 'no.csv'), '--columns', 'email,nickname');
      expect(wrong).toMatchObject({ code: 2, stdout: '' });
      expect(wrong.stderr).toContain('nickname');
      expect(await readdir(folder)).not.toContain('no.csv');
    });

    it('neutralises cells that a spreadsheet would run, and leaves them with --raw', async () => {
      const [raw] = await recordedUsers('randomuser-answer.json');
      if (!raw) throw new Error('the recording holds no user');
      const path = join(folder, 'formula.json');
      await writeFile(
        path,
        `${JSON.stringify({ ...raw, phone: '+55 11', name: { first: '=1+1', last: '@x' } })}\n`,
      );
      await lab.cli('run', '--source', `replay:${path}`, '--rate', 'max');
      const files = { plain: join(folder, 'plain.csv'), raw: join(folder, 'raw.csv') };
      await lab.cli('export', '--csv', files.plain);
      await lab.cli('export', '--csv', files.raw, '--raw');
      const find = async (file: string): Promise<Record<string, string> | undefined> =>
        readCsv(await readFile(file, 'utf8')).find(({ phone }) => phone?.endsWith('+55 11'));
      expect(await find(files.plain)).toMatchObject({
        phone: "'+55 11",
        first_name: "'=1+1",
        last_name: "'@x",
      });
      expect(await find(files.raw)).toMatchObject({ phone: '+55 11', first_name: '=1+1', last_name: '@x' });
    });

    it('stops cleanly on Ctrl-C, with everything acknowledged committed', async () => {
      const run = lab.start('run', '--source', 'offline', '--rate', '200', '--for', '60s', '--json');
      await run.event(
        ({ event, consumer }) =>
          event === 'progress' &&
          z.looseObject({ written: z.number() }).safeParse(consumer).data?.written !== 0 &&
          consumer !== undefined,
      );
      run.process.kill('SIGINT');
      const ended = await run.ended;
      expect(ended.code).toBe(130);
      const sum = await lab.topic();
      expect(sum.messages).toBe(sum.skipped + sum.written + sum.deadLetters + sum.waiting);
      const again = await lab.cli('consume', '--mode', 'append', '--until-idle', '1s', '--json');
      expect(again.events.at(-1)).toMatchObject({ written: sum.waiting });
    });
  });
}
