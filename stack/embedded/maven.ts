// Lets Maven put the jars into a folder, and puts its failures into our words. Checks no jar.
import { readdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { RiachoError } from '../../words/errors.ts';
import { startChild } from './child.ts';
import { installCommand, programsOnPath } from './install-command.ts';
import type { Java } from './java.ts';
import { jarNames, type JarList } from './jar-list.ts';

/** In full, since to look up the short name Maven asks the network; its version stands in the pom. */
export const plugin = 'org.apache.maven.plugins:maven-dependency-plugin';
const graceMs = 5000;
const progressMs = 200;
const detailChars = 200;
/** Of what Maven says, only the end is kept: its errors stand there. */
const keptChars = 100_000;

export interface MavenOptions {
  resourcesDir: string;
  java: Java;
  signal: AbortSignal;
  /** Gets each piece of what Maven says. */
  onOutput?: (text: string) => void;
}

/**
 * Runs Maven on the servers' pom; resolves with what it said. Aborting ends it, also when this process is
 * killed. Rejects with `NO_MAVEN`, `JARS_UNREACHABLE`, `DISK_FULL` or `CANCELLED`.
 */
export async function runMaven(goal: string[], options: MavenOptions): Promise<string> {
  const { signal } = options;
  if (signal.aborted) throw new RiachoError('CANCELLED');
  const [program] = await programsOnPath('mvn', process.env['PATH'] ?? '');
  if (program === undefined) throw new RiachoError('NO_MAVEN', { command: await installCommand('maven') });

  let said = '';
  const child = startChild([program, '-B', '-U', '-f', join(options.resourcesDir, 'pom.xml'), ...goal], {
    cwd: homedir(),
    // A JAVA_HOME that points nowhere would stop Maven, though we have found a Java.
    env: { ...process.env, JAVA_HOME: options.java.home },
    graceMs,
    onOutput(chunk) {
      said = (said + chunk.toString()).slice(-keptChars);
      options.onOutput?.(chunk.toString());
    },
  });
  const abort = () => void child.stop();
  signal.addEventListener('abort', abort);
  const code = await child.exited;
  signal.removeEventListener('abort', abort);
  if (signal.aborted) throw new RiachoError('CANCELLED');
  if (code !== 0) throw mavenFault(said);
  return said;
}

/** What Maven's output says about a failure. */
export function mavenFault(said: string): RiachoError {
  if (/No space left on device/.test(said)) return new RiachoError('DISK_FULL', { path: homedir() }, said);
  const line = said.split('\n').find((candidate) => /^\[(ERROR|FATAL)\]/.test(candidate)) ?? said.trim();
  // After all that was going on comes what was asked for and why it did not come: only that tells a person something.
  const told =
    /Could not transfer artifact (\S+) from\/to \S+ \([^)]*\): (?:transfer failed for \S+: )?(.+)/.exec(line);
  const text = (told ? `${told[2]} (${told[1]})` : line.replace(/^\[\w+\] /, '')).replace(
    / -> \[Help \d+\]/,
    '',
  );
  return new RiachoError('JARS_UNREACHABLE', { detail: text.slice(0, detailChars) }, said);
}

/** Has Maven copy all listed jars to `<folder>/<service>`, telling how many of them are here already. */
export async function fetchJars(
  folder: string,
  list: JarList,
  options: MavenOptions & { onProgress: (done: number) => void },
): Promise<void> {
  const listed = new Set(list.jars.map((jar) => jar.name));
  const here = new Set<string>();
  let rest = '';
  const fetched = runMaven([`${plugin}:copy-dependencies`, `-Driacho.jars=${folder}`], {
    ...options,
    onOutput(text) {
      options.onOutput?.(text);
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const name = /Downloaded from .*\/([^/ ]+\.jar) /.exec(line)?.[1];
        if (name !== undefined && listed.has(name)) here.add(name);
      }
    },
  });

  const finished = new AbortController();
  const settled = fetched.finally(() => finished.abort());
  // Some names stand in both lists, so names are what is counted until the copies are all there.
  const watched = (async () => {
    let done = -1;
    while (!finished.signal.aborted) {
      for (const service of new Set(list.jars.map((jar) => jar.service))) {
        const names = new Set(jarNames(list, service));
        for (const name of await readdir(join(folder, service)).catch(() => [])) {
          if (names.has(name)) here.add(name);
        }
      }
      const now = list.jars.filter((jar) => here.has(jar.name)).length;
      if (now > done) options.onProgress(now);
      done = Math.max(done, now);
      await delay(progressMs, undefined, { signal: finished.signal }).catch(() => undefined);
    }
  })();
  await Promise.all([settled, watched]);
}

/** Where Maven keeps the jar of this name, as it says itself; undefined when it does not know. */
export async function findInMavenCache(name: string, options: MavenOptions): Promise<string | undefined> {
  const goal = [`${plugin}:list`, '-o', '-DoutputAbsoluteArtifactFilename=true'];
  const said = await runMaven(goal, options).catch(() => '');
  return said
    .split(/\r?\n/)
    .flatMap((line) => /:(\/.*\.jar)\b/.exec(line)?.[1] ?? [])
    .find((path) => path.endsWith(`/${name}`));
}
