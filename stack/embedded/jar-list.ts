// The jars that the servers are made of: their names and hashes as the repository lists them, and the check
// of a folder against them. Fetches nothing.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { labService, type LabService } from '../../words/stack.ts';

/** One jar as `<service>.sha256` lists it. */
export interface ListedJar {
  service: LabService;
  name: string;
  sha256: string;
}

export interface JarList {
  jars: ListedJar[];
  /** Names a set of jars: changes with any of them. */
  key: string;
}

const keyChars = 12;
const stampName = 'stamp.json';
/** Size and time of each jar when its hash was last seen to be right, by `service/name`. */
const stamp = z.record(z.string(), z.tuple([z.number(), z.number()]));

/** Reads the lists in `resourcesDir`; their order is the class path's. */
export async function readJarList(resourcesDir: string): Promise<JarList> {
  const hash = createHash('sha256');
  const jars: ListedJar[] = [];
  for (const service of labService.options) {
    const text = await readFile(join(resourcesDir, `${service}.sha256`), 'utf8');
    hash.update(text);
    for (const [, sha256, name] of text.matchAll(/^([0-9a-f]{64}) [ *](\S+\.jar)$/gm)) {
      if (sha256 !== undefined && name !== undefined) jars.push({ service, name, sha256 });
    }
  }
  return { jars, key: hash.digest('hex').slice(0, keyChars) };
}

/** The jars of one service, in class path order. */
export function jarNames(list: JarList, service: LabService): string[] {
  return list.jars.filter((jar) => jar.service === service).map((jar) => jar.name);
}

/** Where a jar stands in a folder of jars. */
export function jarPath(folder: string, jar: ListedJar): string {
  return join(folder, jar.service, jar.name);
}

/** The file's SHA-256 in hex. Rejects when it cannot be read. */
export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

async function readStamp(folder: string): Promise<z.infer<typeof stamp>> {
  try {
    return stamp.parse(JSON.parse(await readFile(join(folder, stampName), 'utf8')));
  } catch {
    return {};
  }
}

/**
 * The listed jars that are missing from `folder` or are not what the list says. A jar whose size and time
 * are those of its last check is taken as it is; every other is read and hashed, and remembered in `stampFolder`
 * when right.
 */
export async function findWrongJars(
  folder: string,
  list: JarList,
  stampFolder: string = folder,
): Promise<ListedJar[]> {
  const known = await readStamp(stampFolder);
  const seen: z.infer<typeof stamp> = {};
  const wrong: ListedJar[] = [];
  let hasChanged = false;
  for (const jar of list.jars) {
    const label = `${jar.service}/${jar.name}`;
    const path = jarPath(folder, jar);
    try {
      const { size, mtimeMs } = await stat(path);
      const [knownSize, knownMs] = known[label] ?? [];
      if (size !== knownSize || mtimeMs !== knownMs) {
        hasChanged = true;
        if ((await sha256Of(path)) !== jar.sha256) {
          wrong.push(jar);
          continue;
        }
      }
      seen[label] = [size, mtimeMs];
    } catch {
      wrong.push(jar);
    }
  }
  if (hasChanged) await writeStamp(stampFolder, seen);
  return wrong;
}

/** A stamp is only a memory: where it cannot be written, the next check is a slow one. */
async function writeStamp(folder: string, seen: z.infer<typeof stamp>): Promise<void> {
  const path = join(folder, stampName);
  const draft = `${path}.${process.pid}`;
  try {
    await writeFile(draft, JSON.stringify(seen));
    await rename(draft, path);
  } catch {
    // Read-only, or the folder is not there: see above.
  }
}

/** The version of a service: the jar that is the server itself names it. */
export function versionOf(list: JarList, service: LabService): string {
  const pattern = service === 'kafka' ? /^kafka_[\d.]+-(.+)\.jar$/ : /^cassandra-all-(.+)\.jar$/;
  return jarNames(list, service).flatMap((name) => pattern.exec(name)?.[1] ?? [])[0] ?? '';
}
