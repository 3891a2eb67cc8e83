// AppCDS: classes that a JVM has loaded and checked once, in an archive that halves its next start.
// An archive is never needed: whatever is wrong with one, the JVM starts without it.
import { createHash } from 'node:crypto';
import { access, mkdir, open, rename, rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { LabService } from '../../words/stack.ts';
import type { Java } from './java.ts';
import { clearLeftovers, unfinishedPath } from './leftovers.ts';

/** 0, or 128 + SIGTERM: the JVM came to its own end and had the time to write. */
const cleanCodes = new Set([0, 143]);

/** Else the JVM names each of hundreds of old classes that it leaves out. */
const quiet = '-Xlog:cds*=off';

/** One start of one JVM, with an archive or making one. */
export interface StartArchive {
  /** For the JVM's command line. */
  flags: string[];
  isUsed: boolean;
  /** To be called when the JVM has ended: keeps an archive that was made in a clean and full life. */
  keep(exitCode: number, wasHealthy: boolean): Promise<void>;
  /** Removes an archive that a start failed with. */
  drop(): Promise<void>;
}

/**
 * The archive of a service in `folder`, beside the jars in the cache. There it is safe to share: it depends on
 * the jars (same folder, removed with them), the JVM (in its name) and nothing of the stack; it appears
 * by one rename and is only ever read. A new data folder or a reset then starts fast as well.
 */
export async function startArchive(
  { folder, cwd }: { folder: string; cwd: string },
  service: LabService,
  java: Java,
): Promise<StartArchive> {
  await mkdir(folder, { recursive: true });
  const build = createHash('sha256').update(java.build).digest('hex').slice(0, 12);
  const path = join(folder, `${service}-${java.major}-${build}.jsa`);
  const isUsed = await access(path).then(
    () => true,
    () => false,
  );
  await clearLeftovers(path);
  const draft = unfinishedPath(path);
  // Relative to the JVM's folder, since it reads a colon in the path as the next archive's beginning.
  const archive = relative(cwd, isUsed ? path : draft);
  return {
    flags: [`-XX:${isUsed ? 'SharedArchiveFile' : 'ArchiveClassesAtExit'}=${archive}`, quiet],
    isUsed,
    async keep(exitCode, wasHealthy) {
      if (isUsed) return;
      try {
        if (!wasHealthy || !cleanCodes.has(exitCode)) return;
        const file = await open(draft, 'r');
        await file.sync();
        await file.close();
        await rename(draft, path);
      } catch {
        // The JVM made none: the next start is as slow as this one.
      } finally {
        await rm(draft, { force: true });
      }
    },
    drop: () => rm(path, { force: true }),
  };
}
