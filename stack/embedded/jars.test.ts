import { createHash } from 'node:crypto';
import {
  chmod,
  cp,
  mkdir,
  mkdtemp,
  readFile,
  readdir,
  realpath,
  rm,
  stat,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { findWrongJars, readJarList } from './jar-list.ts';
import { ensureJars } from './jars.ts';
import type { Java } from './java.ts';
import { mavenFault } from './maven.ts';

const root = await realpath(await mkdtemp(join(tmpdir(), 'riacho jars ')));
const resourcesDir = join(root, 'resources');
/** What the fake Maven has to give. */
const repository = join(root, 'repository');
const tools = join(root, 'tools');
const cacheDir = join(root, 'cache');
const java: Java = { path: 'java', home: root, version: '17', major: 17, build: '' };
const signal = new AbortController().signal;
const jars = ['kafka/a.jar', 'kafka/b.jar', 'cassandra/a.jar'];

async function setMaven(script: string): Promise<void> {
  await writeFile(join(tools, 'mvn'), `#!/bin/sh\n${script}\n`);
  await chmod(join(tools, 'mvn'), 0o755);
}

/** Copies the repository to where it is told, as the dependency plugin does; lists it when asked. */
const workingMaven = `
echo run >>"${root}/runs"
for argument in "$@"; do case "$argument" in
  -Driacho.jars=*) mkdir -p "\${argument#*=}"; cp -R "${repository}/." "\${argument#*=}" ;;
  *:list) echo "[INFO]    x:b:jar:1:compile:${repository}/kafka/b.jar" ;;
esac; done`;

async function countRuns(): Promise<number> {
  const text = await readFile(join(root, 'runs'), 'utf8').catch(() => '');
  return text.split('\n').length - 1;
}

const ensure = (options: Partial<Parameters<typeof ensureJars>[0]> = {}) =>
  ensureJars({ cacheDir, resourcesDir, java, signal, onProgress: () => undefined, ...options });

beforeEach(async () => {
  for (const jar of jars) {
    await mkdir(join(repository, jar, '..'), { recursive: true });
    await writeFile(join(repository, jar), `content of ${jar}`);
  }
  await mkdir(resourcesDir, { recursive: true });
  await mkdir(tools, { recursive: true });
  for (const service of ['kafka', 'cassandra']) {
    const lines = jars
      .filter((jar) => jar.startsWith(service))
      .map(
        (jar) => `${createHash('sha256').update(`content of ${jar}`).digest('hex')}  ${jar.split('/')[1]}\n`,
      );
    await writeFile(join(resourcesDir, `${service}.sha256`), lines.join(''));
  }
  await setMaven(workingMaven);
  vi.stubEnv('PATH', `${tools}:/usr/bin:/bin`);
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(cacheDir, { recursive: true, force: true });
  await rm(join(root, 'runs'), { force: true });
});
afterAll(() => rm(root, { recursive: true }));

describe('the jars', () => {
  it('are fetched once, counted, and put in place whole', async () => {
    const seen: number[] = [];
    const { folder, list } = await ensure({ onProgress: (done, total) => seen.push(done, total) });
    expect(await findWrongJars(folder, list)).toEqual([]);
    expect(new Set(seen.filter((_, index) => index % 2 === 1))).toEqual(new Set([3]));
    await ensure();
    expect(await countRuns()).toBe(1);
    expect(await readdir(join(cacheDir, 'embedded'))).toEqual([list.key]);
  });

  it('are fetched again where one is corrupt, and only that one is replaced', async () => {
    const { folder, list } = await ensure();
    const untouched = await stat(join(folder, 'kafka/a.jar'));
    await mkdir(join(folder, 'cds'));
    await writeFile(join(folder, 'kafka/b.jar'), 'CONTENT of kafka/b.jar');
    await utimes(join(folder, 'kafka/b.jar'), 1, 1);
    await ensure();
    expect(await findWrongJars(folder, list)).toEqual([]);
    expect((await stat(join(folder, 'kafka/a.jar'))).ino).toBe(untouched.ino);
    expect(await readdir(folder), 'archives of the old jar are gone').not.toContain('cds');
  });

  it('are a fault that names Maven’s own copy when that is the corrupt one', async () => {
    await writeFile(join(repository, 'kafka/b.jar'), 'corrupt');
    await expect(ensure()).rejects.toMatchObject({
      code: 'JAR_CORRUPT',
      params: { jar: 'b.jar', path: join(repository, 'kafka/b.jar') },
    });
    expect(await readdir(join(cacheDir, 'embedded'))).toEqual([]);
  });

  it('can be fetched by several at once', async () => {
    const stores = await Promise.all([ensure(), ensure(), ensure()]);
    for (const { folder, list } of stores) expect(await findWrongJars(folder, list)).toEqual([]);
    expect(await readdir(join(cacheDir, 'embedded'))).toHaveLength(1);
  });

  it('are taken from the app that brings them, whose folder stays as it is, and from the cache where one is corrupt', async () => {
    const packed = join(resourcesDir, 'jars');
    await cp(repository, packed, { recursive: true });
    const before = await readdir(packed);
    const { folder, list, archiveDir } = await ensure();
    expect(folder).toBe(packed);
    expect(archiveDir.startsWith(cacheDir)).toBe(true);
    expect([await readdir(packed), await countRuns()]).toEqual([before, 0]);

    await writeFile(join(packed, 'kafka/a.jar'), 'CONTENT of kafka/a.jar');
    const mended = await ensure();
    expect(mended.folder).toBe(join(cacheDir, 'embedded', list.key));
    expect(await countRuns()).toBe(1);
    await rm(packed, { recursive: true });
  });

  it('say how to get Maven where it is missing', async () => {
    vi.stubEnv('PATH', join(root, 'nothing'));
    await expect(ensure()).rejects.toMatchObject({
      code: 'NO_MAVEN',
      params: { command: 'https://maven.apache.org' },
    });
  });

  it('need no Maven once they are there', async () => {
    await ensure();
    vi.stubEnv('PATH', join(root, 'nothing'));
    await expect(ensure()).resolves.toMatchObject({ folder: expect.any(String) });
  });

  it('leave nothing behind when the fetch is aborted or fails', async () => {
    await setMaven(`touch "${root}/began"; mkdir -p "${cacheDir}/x"; exec sleep 60`);
    const controller = new AbortController();
    const aborted = ensure({ signal: controller.signal });
    const deadlineMs = performance.now() + 5000;
    while (!(await readdir(root)).includes('began')) {
      if (performance.now() > deadlineMs) throw new Error('Maven was not started');
      await delay(10);
    }
    controller.abort();
    await expect(aborted).rejects.toMatchObject({ code: 'CANCELLED' });

    await setMaven('echo "[ERROR] Failed to execute goal: no"; exit 1');
    await expect(ensure()).rejects.toMatchObject({ code: 'JARS_UNREACHABLE' });
    expect(await readdir(join(cacheDir, 'embedded'))).toEqual([]);
  });

  it('have a key that changes with any of them', async () => {
    const before = await readJarList(resourcesDir);
    const other = join(root, 'other');
    await cp(resourcesDir, other, { recursive: true });
    await writeFile(join(other, 'kafka.sha256'), '');
    expect((await readJarList(other)).key).not.toBe(before.key);
  });
});

describe('what Maven says of a failure', () => {
  it('is told in one short line', () => {
    const said =
      '[INFO] x\n[ERROR] Failed to execute goal on project kafka: Could not resolve dependencies: Could not transfer artifact ' +
      'org.x:y:jar:1 from/to central (https://example.org/maven2): Unknown host example.org -> [Help 1]\n[ERROR] more\n';
    expect(mavenFault(said).fault).toEqual({
      code: 'JARS_UNREACHABLE',
      params: { detail: 'Unknown host example.org (org.x:y:jar:1)' },
    });
  });

  it('is told in one short line where the plugin itself is missing', () => {
    const said =
      '[ERROR] Plugin x:y:1 or one of its dependencies could not be resolved: Failed to read artifact descriptor for ' +
      'x:y:jar:1: Could not transfer artifact x:y:pom:1 from/to central (https://example.org/m): transfer failed for ' +
      'https://example.org/m/x/y-1.pom: Connect to 127.0.0.1:1 failed: Connection refused -> [Help 1]';
    expect(mavenFault(said).params['detail']).toBe(
      'Connect to 127.0.0.1:1 failed: Connection refused (x:y:pom:1)',
    );
  });

  it('is a full disk when that is the reason', () => {
    expect(mavenFault('[ERROR] …: No space left on device').code).toBe('DISK_FULL');
  });
});
