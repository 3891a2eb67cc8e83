// What others bring must work: messages by Kafka's own producer, in every compression, without keys or headers,
// as the course's script sends them; and the table as cqlsh shows it.
import { execFile, spawn } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defaultFolders } from '../../app/folders.ts';
import { findJava } from '../../stack/embedded/java.ts';
import { readJarList } from '../../stack/embedded/jar-list.ts';
import { userColumns, usersKeyspace, usersTable, usersTopic } from '../../words/users.ts';
import { openLab, type Lab } from './lab.ts';

const run = promisify(execFile);

/** A record as the course's DAG formats it, which sends no key and no header. */
function record(id: string, more: Record<string, unknown> = {}): Record<string, unknown> {
  const texts = userColumns.map((column) => [column, `${column} of ${id}`]);
  return { ...Object.fromEntries(texts), id, email: `${id}@example.com`, ...more };
}

describe('other clients', () => {
  let lab: Lab;
  let java: string;
  let jars: string;
  beforeAll(async () => {
    lab = await openLab();
    const { cacheDir, resourcesDir } = defaultFolders();
    const { key } = await readJarList(resourcesDir);
    jars = join(cacheDir, 'embedded', key, 'kafka');
    java = (await findJava()).path;
    // The group has its place before anything is sent, so that `append` sees all of it.
    await lab.cli('consume', '--mode', 'append', '--until-idle', '100ms');
  });
  afterAll(async () => {
    await lab?.close();
  });

  /** Sends lines by Kafka's own console producer, as a process of its own. */
  async function sendByKafka(lines: readonly string[], compression: string): Promise<void> {
    const classPath = (await readdir(jars)).filter((name) => name.endsWith('.jar')).join(':');
    const tool = ['-cp', classPath, 'kafka.tools.ConsoleProducer', '--topic', usersTopic];
    const settings = ['--bootstrap-server', lab.addresses.kafka, '--compression-codec', compression];
    const child = spawn(java, ['-Xmx128m', ...tool, ...settings], {
      cwd: jars,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
    child.stdin.end(lines.map((line) => `${line}\n`).join(''));
    expect(await ended).toBe(0);
  }

  it('takes messages in every compression that Kafka knows', async () => {
    const compressions = ['none', 'gzip', 'snappy', 'lz4', 'zstd'];
    const ids: string[] = [];
    for (const compression of compressions) {
      const own = Array.from({ length: 20 }, (_, index) => `${compression}-${index}`);
      await sendByKafka(
        own.map((id) => JSON.stringify(record(id))),
        compression,
      );
      ids.push(...own);
    }
    const consumed = await lab.cli('consume', '--mode', 'append', '--until-idle', '300ms', '--json');
    expect(consumed.events.at(-1)).toMatchObject({ written: ids.length, deadLetters: 0, waiting: 0 });
    for (const id of ids) expect((await lab.database.findUser(id))?.row.email).toBe(`${id}@example.com`);
  });

  it('takes no key, no headers, extra fields and a numeric post code', async () => {
    const producer = await lab.broker.openProducer();
    const value = record('plain', { post_code: 39508, nickname: 'x', extra: { deep: [1, 2] } });
    await producer.send(usersTopic, [{ key: null, value: Buffer.from(JSON.stringify(value)) }]);
    await producer.close();
    await lab.cli('consume', '--mode', 'append', '--until-idle', '300ms');
    const found = await lab.database.findUser('plain');
    expect(found?.row).toEqual(record('plain', { post_code: '39508' }));
    const sum = await lab.topic();
    expect(sum.messages).toBe(sum.skipped + sum.written + sum.deadLetters + sum.waiting);
  });

  it('shows twelve text columns to cqlsh, and the rows', async ({ skip }) => {
    const isThere = await run('cqlsh', ['--version']).then(
      () => true,
      () => false,
    );
    skip(!isThere, 'cqlsh is not on the PATH (pip install cqlsh)');
    const [host = '', port = ''] = lab.addresses.cassandra.split(':');
    const ask = async (statement: string): Promise<string> =>
      (await run('cqlsh', ['-e', statement, host, port])).stdout;
    const described = await ask(`DESCRIBE TABLE ${usersKeyspace}.${usersTable}`);
    const columns = [...described.matchAll(/^ {4}([a-z_]+) (\w+)/gm)].map(
      ([, name, type]) => `${name} ${type}`,
    );
    expect(columns.toSorted()).toEqual(userColumns.map((column) => `${column} text`).toSorted());
    expect(described).toContain('id text PRIMARY KEY');
    // The course's own way to look at its result.
    expect(await ask(`USE ${usersKeyspace}; SELECT email FROM ${usersTable};`)).toContain(
      'plain@example.com',
    );
  });
});
