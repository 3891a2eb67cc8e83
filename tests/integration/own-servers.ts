// Kafka and Cassandra from the embedded stack's jars, set up as a test wants them: somebody else's servers.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { defaultFolders } from '../../app/folders.ts';
import { startArchive } from '../../stack/embedded/cds.ts';
import { startChild, type Child } from '../../stack/embedded/child.ts';
import { usualTuning, type ServiceDefinition, type StackSetting } from '../../stack/embedded/definition.ts';
import { jarNames } from '../../stack/embedded/jar-list.ts';
import { ensureJars, type JarStore } from '../../stack/embedded/jars.ts';
import { findJava, type Java } from '../../stack/embedded/java.ts';
import { choosePorts } from '../../stack/embedded/ports.ts';
import { deadPorts } from './machine.ts';

/** What every server of one test stands on. */
export interface Ground {
  java: Java;
  jars: JarStore;
  setting: StackSetting;
}

/** Makes sure of the jars, and chooses free ports. */
export async function prepareServers(folder: string): Promise<Ground> {
  await mkdir(folder, { recursive: true });
  const java = await findJava();
  const { cacheDir, resourcesDir } = defaultFolders();
  const { signal } = new AbortController();
  const jars = await ensureJars({ cacheDir, resourcesDir, java, signal, onProgress: () => undefined });
  const setting: StackSetting = {
    resourcesDir,
    servicesDir: join(folder, 'services'),
    jarsDir: jars.folder,
    clusterId: 'c2VydmVycy1mb3ItdGVzdA',
    ports: await choosePorts(await deadPorts()),
    javaMajor: java.major,
    memoryMb: usualTuning.memoryMb,
    classPath: (service) => jarNames(jars.list, service).join(':'),
  };
  return { java, jars, setting };
}

/** Starts one; whoever starts it stops it. It may not answer yet. */
export async function startServer(definition: ServiceDefinition, { java, jars }: Ground): Promise<Child> {
  const { name, cwd, args, graceMs } = definition;
  const archive = await startArchive({ folder: jars.archiveDir, cwd }, name, java);
  return startChild([java.path, ...(archive.isUsed ? archive.flags : []), ...args], {
    cwd,
    env: process.env,
    graceMs,
    onOutput: () => undefined,
  });
}
