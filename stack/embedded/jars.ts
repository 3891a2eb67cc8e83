// Finds the servers' jars: packed with the app, or in the cache folder: fetched once, checked at each start, mended
// where broken.
import { access, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { RiachoError } from '../../words/errors.ts';
import type { Java } from './java.ts';
import { findWrongJars, jarPath, readJarList, type JarList, type ListedJar } from './jar-list.ts';
import { clearLeftovers, unfinishedPath } from './leftovers.ts';
import { fetchJars, findInMavenCache } from './maven.ts';
import { packedJars } from './packed.ts';

export interface JarOptions {
  cacheDir: string;
  resourcesDir: string;
  java: Java;
  signal: AbortSignal;
  onProgress(done: number, total: number): void;
}

/** All jars, whole and checked. */
export interface JarStore {
  /** Holds `kafka/` and `cassandra/` with their jars. */
  folder: string;
  list: JarList;
  /** For the JVMs' start archives: in the cache, beside the jars they were made of where these are there. */
  archiveDir: string;
}

/** What a start would find. */
export interface JarFinding {
  store: JarStore;
  wrong: ListedJar[];
}

/** Looks for the jars: those packed with the app where all of them are whole, else those in the cache. Fetches nothing. */
export async function findJars({
  cacheDir,
  resourcesDir,
}: Pick<JarOptions, 'cacheDir' | 'resourcesDir'>): Promise<JarFinding> {
  const list = await readJarList(resourcesDir);
  const folder = join(cacheDir, 'embedded', list.key);
  const packed = packedJars(resourcesDir);
  if (await exists(packed)) {
    // The app's own folder may be one that nobody can write in.
    const made = `${folder}-packed`;
    await mkdir(made, { recursive: true }).catch(() => undefined);
    const wrong = await findWrongJars(packed, list, made);
    if (wrong.length === 0) return { store: { folder: packed, list, archiveDir: join(made, 'cds') }, wrong };
  }
  return {
    store: { folder, list, archiveDir: join(folder, 'cds') },
    wrong: await findWrongJars(folder, list),
  };
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/**
 * Makes sure that every listed jar is here, fetching them into the cache when one is missing or wrong. Safe to run
 * in several processes at once. Rejects with `NO_MAVEN`, `JARS_UNREACHABLE`, `JAR_CORRUPT` or `CANCELLED`.
 */
export async function ensureJars(options: JarOptions): Promise<JarStore> {
  const { store, wrong: missing } = await findJars(options);
  if (missing.length === 0) return store;
  const { folder, list } = store;

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
async function putInPlace(draft: string, { folder, list, archiveDir }: JarStore): Promise<void> {
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
  await rm(archiveDir, { recursive: true, force: true });
  for (const jar of wrong) {
    await mkdir(join(folder, jar.service), { recursive: true });
    await rename(jarPath(draft, jar), jarPath(folder, jar));
  }
  await findWrongJars(folder, list);
}
