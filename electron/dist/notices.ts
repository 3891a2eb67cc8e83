// THIRD-PARTY.txt: whose work the packed app holds, and under what licence. What the build itself lists is what is told.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const packageFile = z.object({ name: z.string(), version: z.string(), license: z.string().optional() });
const line = '-'.repeat(80);

/** The name, licence and notices of one package of npm's. Rejects for one that names no licence and brings none. */
async function noticeOf(folder: string): Promise<string> {
  const { name, version, license } = packageFile.parse(
    JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')),
  );
  const files = (await readdir(folder)).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file));
  const texts = await Promise.all(files.toSorted().map((file) => readFile(join(folder, file), 'utf8')));
  if (license === undefined && texts.length === 0) throw new Error(`${name} has no licence`);
  return [line, `${name} ${version}: ${license ?? 'see below'}`, '', ...texts].join('\n');
}

/**
 * The whole text. `packageLists`: files that list folders of packages; `licencesFile`: the jars' as
 * `compose/embedded/licences.tsv` has them, where they are packed.
 */
export async function thirdPartyNotices(packageLists: string[], licencesFile?: string): Promise<string> {
  const lists = await Promise.all(packageLists.map((file) => readFile(file, 'utf8')));
  const folders = [...new Set(lists.flatMap((list) => z.array(z.string()).parse(JSON.parse(list))))];
  const notices = await Promise.all(folders.toSorted().map(noticeOf));
  const jars = licencesFile === undefined ? '' : await readFile(licencesFile, 'utf8');
  const servers = `${line}
In resources/compose/embedded/jre: OpenJDK 17, GPL version 2 with the Classpath Exception; its licences are in legal/,
its source is the OpenJDK project's (openjdk.org).

In resources/compose/embedded/jars: Apache Kafka, Apache Cassandra and the libraries they use, unchanged, each with its
own notices in it. Their licences, as each project names them:

${jars}`;
  return [
    'Riacho is under the Apache License 2.0 (LICENSE.txt). It holds work of others:\n',
    'Electron and Chromium: see LICENSE.electron.txt and LICENSES.chromium.html beside the program.\n',
    ...(jars === '' ? [] : [servers]),
    ...notices,
  ].join('\n');
}
