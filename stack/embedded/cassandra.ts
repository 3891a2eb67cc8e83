// Apache Cassandra as one JVM: writes its settings, and says how to start it. Starts nothing.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { removeEmptySegments } from './commit-log.ts';
import type { ServiceDefinition, StackSetting } from './definition.ts';
import { isDiskFull } from './disk-room.ts';
import { host } from './ports.ts';
import { fillTemplate, quoteYaml } from './template.ts';

// Xms below Xmx on purpose: equal, as root, it locks the whole heap in memory.
// Out of memory, a JVM is half alive at best: it ends, and is started again.
const heapFlags = [
  '-Xms128m',
  '-XX:MaxDirectMemorySize=256m',
  '-XX:+UseSerialGC',
  '-XX:TieredStopAtLevel=1',
  '-XX:+ExitOnOutOfMemoryError',
  '-Xss256k',
];
/** Measured: 3 s to end, 5 s with its archive to write. */
const graceMs = 30_000;

/** What Cassandra reaches into Java for: the list of its own `conf/jvm17-server.options`. */
const exports = [
  'java.base/jdk.internal.misc',
  'java.management.rmi/com.sun.jmx.remote.internal.rmi',
  'java.rmi/sun.rmi.registry',
  'java.rmi/sun.rmi.server',
  'java.sql/java.sql',
  'java.base/java.lang.ref',
  'jdk.unsupported/sun.misc',
  'jdk.compiler/com.sun.tools.javac.file',
  'jdk.attach/sun.tools.attach',
];
const opens = [
  'java.base/java.lang.module',
  'java.base/jdk.internal.loader',
  'java.base/jdk.internal.ref',
  'java.base/jdk.internal.reflect',
  'java.base/jdk.internal.math',
  'java.base/jdk.internal.module',
  'java.base/jdk.internal.util.jar',
  'jdk.management/com.sun.management.internal',
  'java.base/sun.nio.ch',
  'java.base/java.io',
  'java.base/java.lang.reflect',
  'jdk.compiler/com.sun.tools.javac',
  'java.base/java.lang',
  'java.base/java.util',
];

const startFlags = [
  '-Djdk.attach.allowAttachSelf=true',
  '-Dio.netty.tryReflectionSetAccessible=true',
  '-Dcassandra-foreground=yes',
  // One node has nobody to gossip with or to warn.
  '-Dcassandra.skip_wait_for_gossip_to_settle=0',
  '-Dcassandra.ring_delay_ms=0',
  '-Dcassandra.shutdown_announce_in_ms=0',
  // Its own measurement, made once: it costs each start half a second.
  '-Dcassandra.memtable.row_overhead_size=181',
];

/** Cassandra sets a security manager, which Java 18 to 23 allow only when told. */
function securityManagerFlag(javaMajor: number): string[] {
  return javaMajor >= 18 && javaMajor <= 23 ? ['-Djava.security.manager=allow'] : [];
}

/** Writes what Cassandra needs into its folder. */
export async function defineCassandra(setting: StackSetting): Promise<ServiceDefinition> {
  const folder = join(setting.servicesDir, 'cassandra');
  const dataFolder = join(folder, 'data');
  await mkdir(dataFolder, { recursive: true });

  const commitLog = join(folder, 'commitlog');
  const identity = `riacho-${setting.clusterId}`;
  const template = await readFile(join(setting.resourcesDir, 'cassandra.yaml'), 'utf8');
  const values = {
    CLUSTER_NAME: identity,
    SEEDS: `${host}:${setting.ports.storage}`,
    PORT: setting.ports.cassandra,
    STORAGE_PORT: setting.ports.storage,
    DATA_FOLDER: dataFolder,
    COMMITLOG_FOLDER: commitLog,
    CACHES_FOLDER: join(folder, 'caches'),
    HINTS_FOLDER: join(folder, 'hints'),
    CDC_FOLDER: join(folder, 'cdc'),
  };
  const settingsFile = join(folder, 'cassandra.yaml');
  await writeFile(settingsFile, fillTemplate(template, values, quoteYaml));

  return {
    name: 'cassandra',
    address: `${host}:${setting.ports.cassandra}`,
    identity,
    cwd: join(setting.jarsDir, 'cassandra'),
    args: [
      ...heapFlags,
      `-Xmx${setting.memoryMb.cassandra}m`,
      ...exports.flatMap((name) => ['--add-exports', `${name}=ALL-UNNAMED`]),
      ...opens.flatMap((name) => ['--add-opens', `${name}=ALL-UNNAMED`]),
      ...securityManagerFlag(setting.javaMajor),
      ...startFlags,
      `-Dlogback.configurationFile=${pathToFileURL(join(setting.resourcesDir, 'logback.xml')).href}`,
      `-Dcassandra.config=${pathToFileURL(settingsFile).href}`,
      `-Dcassandra.storagedir=${folder}`,
      '-cp',
      setting.classPath('cassandra'),
      'org.apache.cassandra.service.CassandraDaemon',
    ],
    graceMs,
    isDiskFull: () => isDiskFull(folder),
    beforeStart: () => removeEmptySegments(commitLog),
  };
}
