// Apache Kafka as one JVM: writes its settings and its storage, and says how to start it. Starts nothing.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { RiachoError } from '../../words/errors.ts';
import type { ServiceDefinition, StackSetting } from './definition.ts';
import { isDiskFull } from './disk-room.ts';
import { host } from './ports.ts';
import { escapeProperty, fillTemplate } from './template.ts';

// Out of memory, a JVM is half alive at best: it ends, and is started again.
const heapFlags = ['-Xms128m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-XX:+ExitOnOutOfMemoryError'];
/** Measured: 0.5 s to end, 2 s with its archive to write. */
const graceMs = 20_000;

/** Writes what Kafka needs into its folder. Rejects with `DATA_FOLDER_UNWRITABLE`. */
export async function defineKafka(setting: StackSetting): Promise<ServiceDefinition> {
  const folder = join(setting.servicesDir, 'kafka');
  const dataFolder = join(folder, 'data');
  // `log.dirs` is a list, and Kafka knows no way to write a comma in one.
  if (dataFolder.includes(',')) {
    throw new RiachoError('DATA_FOLDER_UNWRITABLE', { path: setting.servicesDir, detail: 'Kafka: ","' });
  }
  await mkdir(dataFolder, { recursive: true });

  const template = await readFile(join(setting.resourcesDir, 'server.properties'), 'utf8');
  const values = {
    PORT: setting.ports.kafka,
    CONTROLLER_PORT: setting.ports.controller,
    DATA_FOLDER: dataFolder,
  };
  const settingsFile = join(folder, 'server.properties');
  await writeFile(settingsFile, fillTemplate(template, values, escapeProperty));

  // All that Kafka's own storage tool would write, in no time instead of a JVM's.
  const meta = join(dataFolder, 'meta.properties');
  const text = `version=1\nnode.id=1\ncluster.id=${setting.clusterId}\n`;
  await writeFile(meta, text, { flag: 'wx' }).catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  });

  const log4j = pathToFileURL(join(setting.resourcesDir, 'log4j.properties')).href;
  return {
    name: 'kafka',
    address: `${host}:${setting.ports.kafka}`,
    identity: setting.clusterId,
    cwd: join(setting.jarsDir, 'kafka'),
    args: [
      ...heapFlags,
      `-Xmx${setting.memoryMb.kafka}m`,
      `-Dlog4j.configuration=${log4j}`,
      '-cp',
      setting.classPath('kafka'),
      'kafka.Kafka',
      settingsFile,
    ],
    graceMs,
    isDiskFull: () => isDiskFull(folder),
  };
}
