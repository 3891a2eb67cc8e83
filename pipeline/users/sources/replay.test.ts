// Replays recorded files, whole ones and broken ones, from a folder of the test's own.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { apiAnswer, type RawUser } from '../raw-user.ts';
import { createReplaySource } from './replay.ts';

const folder = mkdtempSync(join(tmpdir(), 'riacho-replay-'));
afterAll(() => rmSync(folder, { recursive: true }));

const dataPath = (name: string) => new URL(`../../../tests/data/${name}`, import.meta.url).pathname;
const never = new AbortController().signal;
const recorded = apiAnswer.parse(
  JSON.parse(readFileSync(dataPath('randomuser-answer.json'), 'utf8')),
).results;
const lines = recorded.map((user) => JSON.stringify(user));

function fileOf(content: string | Buffer): string {
  const path = join(folder, crypto.randomUUID());
  writeFileSync(path, content);
  return path;
}

/** Everything the file holds, `max` at a time: every take is full but the last, and then comes the end. */
async function replayed(path: string, max = 4): Promise<RawUser[]> {
  const source = createReplaySource({ path });
  const users: RawUser[] = [];
  for (;;) {
    const taken = await source.take(max, never);
    users.push(...taken.users);
    if (taken.users.length === max) continue;
    expect(taken.users.length).toBeLessThan(max);
    expect((await source.take(max, never)).users).toEqual([]);
    return users;
  }
}

describe('a replayed file', () => {
  it.each([
    ['a recorded answer over many lines', readFileSync(dataPath('randomuser-answer.json'))],
    ['an answer on one line', JSON.stringify({ results: recorded, info: {} })],
    ['an answer on one line, with a line end', `${JSON.stringify({ results: recorded })}\n`],
    ['a user a line', lines.join('\n')],
    ['a user a line, with a line end at the last', `${lines.join('\n')}\n`],
    ['CRLF and blank lines', `\r\n${lines.join('\r\n\r\n  \r\n')}\r\n\r\n`],
    ['a byte order mark', `\uFEFF${lines.join('\n')}`],
    [
      'a byte order mark before an answer over many lines',
      `\uFEFF${JSON.stringify({ results: recorded }, null, 2)}`,
    ],
    ['an answer a line', lines.map((line) => `{"results":[${line}]}`).join('\n')],
    [
      'fields that are not used',
      lines.map((line) => `{"nat":null,"id":{"value":null},${line.slice(1)}`).join('\n'),
    ],
  ])('gives its users in order and then ends: %s', async (_name, content) => {
    for (const max of [1, 4, 10, 1_000]) expect(await replayed(fileOf(content), max)).toEqual(recorded);
  });

  it('gives letters that stand across two chunks of reading', async () => {
    const [user] = recorded;
    const many = Array.from({ length: 2_000 }, (_, i) => ({
      ...user,
      phone: `${i} ${'ก😀'.repeat(i % 97)}`,
    }));
    const path = fileOf(many.map((one) => JSON.stringify(one)).join('\n'));
    expect((await replayed(path, 300)).map(({ phone }) => phone)).toEqual(many.map(({ phone }) => phone));
  });

  it('stays at its end', async () => {
    const source = createReplaySource({ path: fileOf(lines.join('\n')) });
    await source.take(100, never);
    for (let again = 0; again < 3; again += 1) expect((await source.take(5, never)).users).toEqual([]);
  });
});

describe('REPLAY_NOT_USERS', () => {
  const first = lines.slice(0, 2).join('\n');
  it.each([
    ['a line that is no JSON', `${first}\nhello\n`, 3, 'no JSON'],
    ['a line cut off', `${first}\n{"gender":`, 3, 'no JSON'],
    ['blank lines before it are counted', `\n\n${first}\n\nhello`, 6, 'no JSON'],
    ['a line that is no user', `${first}\n{"gender":"male"}`, 3, 'name ≠ object'],
    ['a user of the wrong kind', `${first}\n${lines[2]?.replace('"female"', '7')}`, 3, 'gender ≠ string'],
    ['a line that is a list', `${first}\n[]`, 3, expect.any(String)],
    ['bytes that are not UTF-8', Buffer.from(`${first}\n"\xe9"`, 'latin1'), 3, 'not UTF-8'],
  ])('%s: after the users before it, and again when asked again', async (_name, content, line, detail) => {
    const path = fileOf(content);
    const source = createReplaySource({ path });
    expect((await source.take(10, never)).users).toEqual(recorded.slice(0, 2));
    for (let again = 0; again < 2; again += 1) {
      await expect(source.take(10, never)).rejects.toMatchObject({
        code: 'REPLAY_NOT_USERS',
        params: { path, line, detail },
      });
    }
  });

  it.each([
    ['an empty file', '', 1, 'no user in the file'],
    ['blank lines only', '\n\r\n \n', 4, 'no user in the file'],
    ['an answer with nobody', '{"results":[]}', 2, 'no user in the file'],
    ['a page', '<html>\n<body>\n', 1, 'no JSON'],
    [
      'an answer over many lines, cut off',
      readFileSync(dataPath('randomuser-answer.json')).subarray(0, 5_000),
      1,
      'no JSON',
    ],
    ['no users over many lines', '{\n"results": 7\n}', 1, 'results ≠ array'],
    ['bytes that are not UTF-8 at once', Buffer.from([0xff, 0xfe, 0x0a]), 1, 'not UTF-8'],
  ])('%s', async (_name, content, line, detail) => {
    const path = fileOf(content);
    await expect(createReplaySource({ path }).take(1, never)).rejects.toMatchObject({
      code: 'REPLAY_NOT_USERS',
      params: { path, line, detail },
    });
  });
});

it('does not read a line without an end into the memory', async () => {
  const path = fileOf(Buffer.concat([Buffer.from(`${lines[0]}\n`), Buffer.alloc(65 * 1024 * 1024, 'x')]));
  const source = createReplaySource({ path });
  expect((await source.take(10, never)).users).toEqual(recorded.slice(0, 1));
  await expect(source.take(10, never)).rejects.toMatchObject({
    code: 'REPLAY_NOT_USERS',
    params: { path, line: 2, detail: 'a line of more than 67108864 bytes' },
  });
});

describe('REPLAY_UNREADABLE', () => {
  it.each([
    ['a file that is not there', join(folder, 'none'), 'ENOENT'],
    ['a folder', folder, 'EISDIR'],
  ])('%s', async (_name, path, detail) => {
    await expect(createReplaySource({ path }).take(1, never)).rejects.toMatchObject({
      code: 'REPLAY_UNREADABLE',
      params: { path, detail },
    });
  });
});

it('reads nothing for a caller who has given up', async () => {
  const path = fileOf(lines.join('\n'));
  await expect(createReplaySource({ path }).take(1, AbortSignal.abort())).rejects.toMatchObject({
    code: 'CANCELLED',
  });
});
