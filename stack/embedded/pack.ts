// Brings together what the packed app takes along for the embedded engine: the servers' jars, and a Java of just the
// modules that they use. Runs on the developer's machine only.
import { execFile } from 'node:child_process';
import { cp, mkdir, readdir, rm, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { labService } from '../../words/stack.ts';
import { ensureJars } from './jars.ts';
import { jarNames } from './jar-list.ts';
import { findJava, wantedMajor } from './java.ts';
import { packedJars, packedJava } from './packed.ts';

const run = promisify(execFile);

/** Found by starting both servers with less and less. */
const modules = [
  'java.base,java.compiler,java.desktop,java.instrument,java.logging,java.management,java.management.rmi',
  'java.naming,java.rmi,java.security.jgss,java.security.sasl,java.sql,java.xml,jdk.attach,jdk.compiler',
  'jdk.crypto.ec,jdk.management,jdk.net,jdk.unsupported,jdk.zipfs',
];

/** A start archive fits only the very jars it was made of, and their time tells: the same in every build. */
const jarTime = new Date('2024-01-01T00:00:00Z');

export interface PackOptions {
  cacheDir: string;
  resourcesDir: string;
  /** Gets `jre/` and `jars/`; what was in it is gone. */
  folder: string;
}

/** Rejects with `NO_JAVA`, with what keeps the jars away, or where the Java found is no whole JDK of the version wanted. */
export async function packEngine({ cacheDir, resourcesDir, folder }: PackOptions): Promise<void> {
  const java = await findJava();
  if (java.major !== wantedMajor) throw new Error(`Java ${wantedMajor} is to be packed, not ${java.version}`);
  const signal = AbortSignal.timeout(1_200_000);
  const store = await ensureJars({ cacheDir, resourcesDir, java, signal, onProgress: () => undefined });
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });

  for (const service of labService.options) {
    const jars = join(packedJars(folder), service);
    await mkdir(jars, { recursive: true });
    for (const name of jarNames(store.list, service)) {
      await cp(join(store.folder, service, name), join(jars, name));
      await utimes(join(jars, name), jarTime, jarTime);
    }
  }

  const home = packedJava(folder);
  await run(join(java.home, 'bin', 'jlink'), [
    `--add-modules=${modules.join(',')}`,
    '--compress=2',
    '--strip-java-debug-attributes',
    '--no-header-files',
    '--no-man-pages',
    `--output=${home}`,
  ]);
  for (const name of await readdir(join(home, 'bin'))) {
    if (name !== 'java') await rm(join(home, 'bin', name));
  }
  // Without this archive of Java's own classes none can be made of the servers'.
  await run(join(home, 'bin', 'java'), ['-Xshare:dump']);
}
