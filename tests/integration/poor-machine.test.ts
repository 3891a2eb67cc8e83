// A machine that lacks what a start needs, by the real program: one sentence in the person's language, what to do, no
// stack trace, nothing half-written.
import { once } from 'node:events';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { eventually, startCli } from './lab.ts';
import {
  borrowedCache,
  brokenJava,
  deadPort,
  expectNothingLeft,
  fetchForReal,
  mavenHome,
  pathOf,
  processesOf,
  spoilRepository,
  without,
} from './machine.ts';
import { expectNoTrace, expectRefusal, perLanguage, unfinishedIn, type Told } from './told.ts';

/** Any one of the jars. */
const someJar = /kafka-clients-[\d.]+\.jar$/;

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'riacho-poor-'));
  await fetchForReal(join(root, 'fetched'), someJar);
});
afterAll(() => rm(root, { recursive: true, force: true, maxRetries: 5 }));

describe('a machine that lacks something', () => {
  /** A data folder for each language: what one command starts is no business of the other. */
  const place = (name: string): string[] => ['--data-dir', join(root, name, perLanguage)];

  it.each([
    ['a file stands in its place', () => join(root, 'file'), 'EEXIST'],
    ['a file stands in its way', () => join(root, 'file', 'data'), 'ENOTDIR'],
    // No rights help there, not even root's.
    ['the system allows nobody', () => (process.platform === 'linux' ? '/sys/riacho' : '/dev/fd/x'), ''],
  ])('a data folder not writable: %s', async (_name, folder, detail) => {
    await writeFile(join(root, 'file'), 'kept');
    const path = folder();
    const told: Told = { error: 'DATA_FOLDER_UNWRITABLE', names: [path, detail] };
    await expectRefusal(['run', '--data-dir', path], told);
    expect(await readFile(join(root, 'file'), 'utf8')).toBe('kept');
  });

  it('no Java', async () => {
    const path = await pathOf(join(root, 'nothing'), []);
    const env = { ...without('java'), PATH: path, JAVA_HOME: join(root, 'no-java') };
    await expectRefusal(['up', ...place('no-java')], { error: 'NO_JAVA', names: ['17'] }, { env });
    await expectNothingLeft(join(root, 'no-java'));
    expect(await readdir(join(root, 'no-java', 'en'))).toEqual(['logs', 'riacho.json']);
  });

  it('a wrong Java, which is tried and said', async () => {
    const env = {
      ...without('java'),
      PATH: await pathOf(join(root, 'only-sleep'), ['sleep']),
      JAVA_HOME: await brokenJava(join(root, 'java 25'), '25.0.1'),
      XDG_CACHE_HOME: await borrowedCache(join(root, 'borrowed')),
    };
    const told: Told = { error: 'JAVA_UNFIT', names: ['25.0.1', env.JAVA_HOME] };
    const [english] = await expectRefusal(['up', ...place('wrong-java')], told, { env });
    expect(english?.stdout).toContain('Java 17 was not found; trying Java 25.0.1');
    await expectNothingLeft(join(root, 'wrong-java'));
    expect(await unfinishedIn(env.XDG_CACHE_HOME)).toEqual([]);
  });

  it('no Maven', async () => {
    const cache = join(root, 'no-maven-cache');
    const env = { PATH: await pathOf(join(root, 'no-maven'), ['sleep']), XDG_CACHE_HOME: cache };
    await expectRefusal(['up', ...place('no-maven-data')], { error: 'NO_MAVEN', names: ['mvn'] }, { env });
    await expectNothingLeft(join(root, 'no-maven-data'));
    expect(await readdir(join(cache, 'riacho', 'embedded'))).toEqual([]);
  });

  it('no network at the first fetch', async () => {
    const cache = join(root, 'no-net-cache');
    const options = await mavenHome(join(root, 'no-net'), `http://127.0.0.1:${await deadPort()}/`);
    const env = { MAVEN_OPTS: options, XDG_CACHE_HOME: cache };
    const told: Told = { error: 'JARS_UNREACHABLE', names: ['127.0.0.1'] };
    await expectRefusal(['up', ...place('no-net-data')], told, { env });
    await expectNothingLeft(join(root, 'no-net-data'));
    expect(await readdir(join(cache, 'riacho', 'embedded'))).toEqual([]);
  });

  it('a corrupt jar', async () => {
    const home = join(root, 'corrupt');
    const cache = join(root, 'corrupt-cache');
    const env = { MAVEN_OPTS: await mavenHome(home), XDG_CACHE_HOME: cache };
    const jar = await spoilRepository(home, someJar);
    const told: Told = { error: 'JAR_CORRUPT', names: [jar] };
    // The second command joins the first one's start: Maven is slow.
    await expectRefusal(['up', '--data-dir', join(root, 'corrupt-data')], told, { env });
    await expectNothingLeft(join(root, 'corrupt-data'));
    expect(await readdir(join(cache, 'riacho', 'embedded'))).toEqual([]);
  });

  it('a Ctrl-C during the fetch ends Maven too, and leaves no half of a jar', async () => {
    const silent = createServer().listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const address = z.object({ port: z.number() }).parse(silent.address());
    const home = join(root, 'slow');
    const cache = join(root, 'slow-cache');
    const env = {
      MAVEN_OPTS: await mavenHome(home, `http://127.0.0.1:${address.port}/`),
      XDG_CACHE_HOME: cache,
    };
    const asked = once(silent, 'connection');
    const up = startCli(['up', '--json', ...place('slow-data')], { env });
    await up.event(({ stack }) => stack === 'pulling');
    await asked;
    up.process.kill('SIGINT');
    const ended = await up.ended;
    silent.close();
    expect(ended).toMatchObject({ code: 130, stderr: '' });
    expectNoTrace(ended);
    await expectNothingLeft(join(root, 'slow-data'));
    // What Maven keeps half-fetched in its own repository is Maven's; but it runs no more.
    await eventually('Maven has ended', async () => (await processesOf(home)).length === 0, 10_000);
    expect(await readdir(join(cache, 'riacho', 'embedded'))).toEqual([]);
  });
});
