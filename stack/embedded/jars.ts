// Keeps the servers' jars in the cache folder: fetched once, checked at each start, mended where broken.
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { RiachoError } from '../../words/errors.ts';
import type { Java } from './java.ts';
import { findWrongJars, jarPath, readJarList, type JarList } from './jar-list.ts';
import { clearLeftovers, unfinishedPath } from './leftovers.ts';
import { fetchJars, findInMavenCache } from './maven.ts';

export interface JarOptions {
  cacheDir: string;
  resourcesDir: string;
  java: Java;
  signal: AbortSignal;
  onProgress(done: number, total: number): void;
}

/** All jars, whole and checked. */
export interface JarStore {
  /** Holds `kafka/` and `cassandra/` with their jars, and `cds/`. */
  folder: string;
  list: JarList;
}

/** Where the JVMs' start archives for a folder of jars are kept; they die with the jars they were made of. */
export function archiveFolder(folder: string): string {
  return join(folder, 'cds');
}

/**
 * Makes sure that every listed jar is in the cache, fetching them when one is missing or wrong. Safe to run
 * in several processes at once. Rejects with `NO_MAVEN`, `JARS_UNREACHABLE`, `JAR_CORRUPT` or `CANCELLED`.
 */
export async function ensureJars(options: JarOptions): Promise<JarStore> {
  const list = await readJarList(options.resourcesDir);
  const folder = join(options.cacheDir, 'embedded', list.key);
  const store = { folder, list };
  if ((await findWrongJars(folder, list)).length === 0) return store;

  await mkdir(join(options.cacheDir, 'embedded'), { recursive: true });
  await clearLeftovers(folder);
  const draft = unfinishedPath(folder);
  try {
    await fetchJars(draft, list, {
      ...options,
      onProgress: (done) => options.onProgress(done, list.jars.length),
    });
    const [wrong] = await findWrongJars(draft, list);
    if (wrong !== undefined) {
      const path = (await findInMavenCache(wrong.name, options)) ?? jarPath(draft, wrong);
      throw new RiachoError('JAR_CORRUPT', { jar: wrong.name, path });
    }
    await putInPlace(draft, store);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  return store;
}

/** The whole folder in one step where there is none yet; else only what is wrong in it, file by file. */
async function putInPlace(draft: string, { folder, list }: JarStore): Promise<void> {
  try {
    await rename(draft, folder);
    return;
  } catch (error) {
    const isThere =
      error instanceof Error && 'code' in error && /^(EEXIST|ENOTEMPTY)$/.test(String(error.code));
    if (!isThere) throw error;
  }
  // Another process was first, or a jar went bad. A JVM may be running on the others, so they stay where they are.
  const wrong = await findWrongJars(folder, list);
  if (wrong.length === 0) return;
  await rm(archiveFolder(folder), { recursive: true, force: true });
  for (const jar of wrong) {
    await mkdir(join(folder, jar.service), { recursive: true });
    await rename(jarPath(draft, jar), jarPath(folder, jar));
  }
  await findWrongJars(folder, list);
}
