// The driver by a spark-submit of this machine: heard, asked to end, and gone; or why it cannot be run.
import { chmod, cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startLocalDriver, type LocalDriver } from './local-driver.ts';

const script = fileURLToPath(new URL('../../compose/spark/while_attached.py', import.meta.url));
const addresses = { kafka: 'a:1', cassandra: 'b:2', master: 'c:3' };

let folder: string;
let options: LocalDriver;

/** Makes of shell what the driver runs; fetching jars does nothing here. */
async function submitting(lines: string): Promise<void> {
  await writeFile(join(folder, 'submit'), `#!/bin/sh\n${lines}\n`);
  await chmod(join(folder, 'submit'), 0o755);
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'riacho-driver-'));
  await cp(script, join(folder, 'while_attached.py'));
  await writeFile(join(folder, 'fetch_jars.py'), '');
  const work = join(folder, 'work');
  const flags = ['--mode', 'append', '--master', 'spark://c:3'];
  options = { submit: join(folder, 'submit'), job: folder, work, flags, addresses };
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

describe.skipIf(process.platform === 'win32')('a driver on this machine', () => {
  it('is given the job and its flags, is heard, and tells how it ended', async () => {
    await submitting('echo "$@"; echo "careful" >&2; exit 7');
    const driver = await startLocalDriver(options);
    const [said, complained] = await Promise.all([driver.stdout.toArray(), driver.stderr.toArray()]);
    expect(await driver.ended).toEqual({ exitCode: 7, outOfMemory: false });
    const jars = join(options.work, 'jars', '*.jar');
    const job = join(folder, 'dsa_consumer_stream.py');
    expect(String(said)).toContain(`--master spark://c:3 --jars ${jars} ${job} --work`);
    expect(String(complained)).toBe('careful\n');
  });

  it('ends in order when it is asked to, by its stop file', async () => {
    const own = join(options.work, 'dsa_consumer_stream');
    await submitting(`mkdir -p ${own}; echo ready; while [ ! -e ${own}/stop ]; do sleep 0.1; done; echo bye`);
    const driver = await startLocalDriver(options);
    await new Promise((resolve) => void driver.stdout.once('data', resolve));
    const rest = driver.stdout.toArray();
    driver.stderr.resume();
    await driver.stop();
    expect(await driver.ended).toEqual({ exitCode: 0, outOfMemory: false });
    expect(String(await rest)).toBe('bye\n');
  });

  it('cannot be begun with what is no program', async () => {
    await writeFile(options.submit, 'no program');
    const params = { path: options.submit, detail: 'EACCES' };
    await chmod(options.submit, 0o644);
    await expect(startLocalDriver(options)).rejects.toMatchObject({ code: 'SPARK_SUBMIT_UNFIT', params });
  });
});
