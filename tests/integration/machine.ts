// A machine that lacks something, made for one command of a test: no Java, no Maven, no network, another Java.
import { execFile } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { access, chmod, cp, mkdir, readFile, readdir, symlink, writeFile } from 'node:fs/promises';
import { createServer as createHttpServer, type Server } from 'node:http';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { defaultFolders } from '../../app/folders.ts';
import { expect } from 'vitest';
import { readJarList } from '../../stack/embedded/jar-list.ts';
import { ensureJars } from '../../stack/embedded/jars.ts';
import { findJava } from '../../stack/embedded/java.ts';
import { isFree } from '../../stack/embedded/ports.ts';
import { eventually } from './lab.ts';
import { unfinishedIn } from './told.ts';

const preload = new URL('machine-without.ts', import.meta.url).href;

/** An environment in which programs of ours do not find the system's Java folders, or the live API. */
export function without(...what: ('java' | 'api')[]): NodeJS.ProcessEnv {
  return { NODE_OPTIONS: `--import=${preload}`, RIACHO_TEST_WITHOUT: what.join(' ') };
}

/** Where a program stands on the real PATH. */
export async function programPath(name: string): Promise<string> {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const path = join(folder, name);
    const isThere = await access(path).then(
      () => true,
      () => false,
    );
    if (isThere) return path;
  }
  throw new Error(`no ${name} on the PATH`);
}

/** A folder with these programs and no others, to be the PATH. */
export async function pathOf(folder: string, programs: readonly string[]): Promise<string> {
  await mkdir(folder, { recursive: true });
  for (const name of programs) await symlink(await programPath(name), join(folder, name));
  return folder;
}

/** A JAVA_HOME that says it is of this version, and whose `java` fails as a JVM does that cannot start. */
export async function brokenJava(home: string, version: string): Promise<string> {
  const program = join(home, 'bin', 'java');
  await mkdir(join(home, 'bin'), { recursive: true });
  await writeFile(join(home, 'release'), `JAVA_VERSION="${version}"\n`);
  await writeFile(
    program,
    '#!/bin/sh\necho "Error: Could not create the Java Virtual Machine." >&2\nexit 1\n',
  );
  await chmod(program, 0o755);
  return home;
}

/** An XDG_CACHE_HOME that holds the real jars, but start archives and drafts of its own. */
export async function borrowedCache(cacheHome: string): Promise<string> {
  const { cacheDir, resourcesDir } = defaultFolders();
  const { key } = await readJarList(resourcesDir);
  const own = join(cacheHome, 'riacho', 'embedded', key);
  await mkdir(own, { recursive: true });
  for (const name of ['kafka', 'cassandra']) {
    await symlink(join(cacheDir, 'embedded', key, name), join(own, name));
  }
  await cp(join(cacheDir, 'embedded', key, 'stamp.json'), join(own, 'stamp.json'));
  return cacheHome;
}

/** Maven's options for a home of its own, whose settings send every request to `mirror`. */
export async function mavenHome(home: string, mirror?: string): Promise<string> {
  await mkdir(join(home, '.m2'), { recursive: true });
  const mirrors = mirror
    ? `<mirrors><mirror><id>test</id><mirrorOf>*</mirrorOf><url>${mirror}</url></mirror></mirrors>`
    : '';
  await writeFile(join(home, '.m2', 'settings.xml'), `<settings>${mirrors}</settings>\n`);
  return `-Duser.home=${home}`;
}

const mavenRepository = join(homedir(), '.m2', 'repository');

async function findInRepository(repository: string, jar: RegExp): Promise<string | undefined> {
  const names = await readdir(repository, { recursive: true }).catch(() => []);
  return names.find((name) => jar.test(name));
}

/** Makes sure of the real jars in the cache, and in Maven's repository, where a machine has them only in the cache. */
export async function fetchForReal(scratch: string, jar: RegExp): Promise<void> {
  const { cacheDir, resourcesDir } = defaultFolders();
  const rest = { resourcesDir, java: await findJava(), onProgress: () => undefined };
  await ensureJars({ cacheDir, signal: new AbortController().signal, ...rest });
  if ((await findInRepository(mavenRepository, jar)) !== undefined) return;
  await ensureJars({ cacheDir: scratch, signal: new AbortController().signal, ...rest });
}

/** A copy of this machine's Maven repository in `home`, in which the one jar of that name has a byte too many. */
export async function spoilRepository(home: string, jar: RegExp): Promise<string> {
  const repository = join(home, '.m2', 'repository');
  await cp(mavenRepository, repository, { recursive: true });
  const found = await findInRepository(repository, jar);
  if (found === undefined) throw new Error(`no ${jar} in Maven's repository`);
  const path = join(repository, found);
  await writeFile(path, Buffer.concat([await readFile(path), Buffer.from([0])]));
  return path;
}

/**
 * A port of this machine that nobody listens at. It is below those that Linux lends to clients (32,768 and up), so that
 * it is still free when what listened there comes back.
 */
export async function deadPort(): Promise<number> {
  for (;;) {
    const port = randomInt(15_000, 32_000);
    if (await isFree(port)) return port;
  }
}

/** Such a port for each of the two servers. */
export async function deadPorts(): Promise<{ kafka: number; cassandra: number }> {
  return { kafka: await deadPort(), cassandra: await deadPort() };
}

/** Command lines of the processes that name this folder: JVMs, watchdogs, supervisors, Maven. */
export async function processesOf(folder: string): Promise<string[]> {
  const { stdout } = await promisify(execFile)('ps', ['-ww', '-axo', 'command='], {
    maxBuffer: 16 * 1024 * 1024,
  });
  return stdout.split('\n').filter((line) => line.includes(folder));
}

/** Fails when a start left a process, a draft or a cache that looks whole. */
export async function expectNothingLeft(folder: string): Promise<void> {
  await eventually('no process is left', async () => (await processesOf(folder)).length === 0, 20_000);
  expect(await unfinishedIn(folder)).toEqual([]);
}

/** Answers as an API does that is out of order: each path its own way. */
export function brokenApi(asked: string[]): Server {
  return createHttpServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://x');
    asked.push(pathname);
    const status = Number(pathname.slice(1));
    if (pathname === '/html') response.setHeader('content-type', 'text/html').end('<!doctype html>Log in');
    else if (pathname === '/cut') response.end('{"results":[{"gender":"fem');
    else response.writeHead(status, { 'content-type': 'text/html' }).end('<html>no</html>');
  });
}
