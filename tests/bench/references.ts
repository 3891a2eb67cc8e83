// What others do with the same servers: Kafka's own ProducerPerformance and Cassandra's own `COPY TO`.
import { execFile } from 'node:child_process';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { defaultFolders } from '../../app/folders.ts';
import { readJarList } from '../../stack/embedded/jar-list.ts';
import { findJava } from '../../stack/embedded/java.ts';
import { plugin } from '../../stack/embedded/maven.ts';
import { usersKeyspace, usersTable } from '../../words/users.ts';
import type { Sending } from './our-producer.ts';

const run = promisify(execFile);

/** Kafka's tools and what they alone need; the rest of their class path are the embedded broker's own jars. */
const toolJars = ['org.apache.kafka:kafka-tools:3.9.2', 'net.sourceforge.argparse4j:argparse4j:0.7.0'];

async function toolClassPath(): Promise<string> {
  const { cacheDir, resourcesDir } = defaultFolders();
  const { key } = await readJarList(resourcesDir);
  const folder = join(cacheDir, 'bench', 'kafka-tools-3.9.2');
  await mkdir(folder, { recursive: true });
  if ((await readdir(folder)).length < toolJars.length) {
    for (const artifact of toolJars) {
      const copy = [`-Dartifact=${artifact}`, `-DoutputDirectory=${folder}`, '-Dmdep.stripVersion=true'];
      await run('mvn', ['-q', '-B', `${plugin}:3.8.1:copy`, ...copy]);
    }
  }
  return [join(folder, '*'), join(cacheDir, 'embedded', key, 'kafka', '*')].join(':');
}

/**
 * Kafka's own measure of a producer, acknowledged by all replicas; `size` in bytes of each message's value. Resolves with
 * messages a second.
 */
export async function producerPerformance({ broker, topic, count }: Sending, size: number): Promise<number> {
  const java = await findJava();
  const { stdout } = await run(java.path, [
    '-cp',
    await toolClassPath(),
    'org.apache.kafka.tools.ProducerPerformance',
    '--topic',
    topic,
    '--num-records',
    String(count),
    '--record-size',
    String(size),
    '--throughput',
    '-1',
    '--producer-props',
    `bootstrap.servers=${broker}`,
    'acks=all',
  ]);
  const last = /([\d.]+) records\/sec(?![\s\S]*records\/sec)/.exec(stdout)?.[1];
  if (last === undefined) throw new Error(`ProducerPerformance said: ${stdout}`);
  return Math.round(Number(last));
}

/** Whether there is a `cqlsh` on the PATH to compare with. */
export function findsCqlsh(): Promise<boolean> {
  return run('cqlsh', ['--version']).then(
    () => true,
    () => false,
  );
}

/** `COPY TO` of all users with its defaults, into `file`, which is removed. Resolves with rows a second, as it says. */
export async function copyTo(address: string, file: string): Promise<number> {
  const [host = '', port = ''] = address.split(':');
  const statement = `COPY ${usersKeyspace}.${usersTable} TO '${file}' WITH HEADER = true`;
  const { stdout } = await run('cqlsh', ['-e', statement, host, port], { maxBuffer: 64 * 1024 * 1024 });
  await rm(file);
  // "…, 0 minute, and 1.626 seconds.", and by itself where there is nothing else.
  const [, rows, minutes = 0, seconds] =
    /(\d+) rows exported to 1 files in (?:.*?(\d+) minutes?.*? )?([\d.]+) seconds/.exec(stdout) ?? [];
  if (rows === undefined || seconds === undefined) throw new Error(`cqlsh said: ${stdout.slice(-300)}`);
  return Math.round(Number(rows) / (60 * Number(minutes) + Number(seconds)));
}
