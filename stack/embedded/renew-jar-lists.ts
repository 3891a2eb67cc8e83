// Rewrites `compose/embedded/*.sha256` and `licences.tsv` from what Maven resolves for the poms: `npm run jars:renew`.
// To be run after a change of a version in a pom, and the difference to be read before it is committed.
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { labService } from '../../words/stack.ts';
import { sha256Of } from './jar-list.ts';
import { describeLicences } from './jar-licences.ts';
import { findJava } from './java.ts';
import { plugin, runMaven } from './maven.ts';

const resourcesDir = join(import.meta.dirname, '../../compose/embedded');
const folder = await mkdtemp(join(tmpdir(), 'riacho-jars-'));
try {
  const options = {
    resourcesDir,
    java: await findJava(),
    signal: AbortSignal.timeout(600_000),
    onOutput: (text: string) => process.stderr.write(text),
  };
  await runMaven([`${plugin}:copy-dependencies`, `-Driacho.jars=${folder}`], options);
  for (const service of labService.options) {
    const names = (await readdir(join(folder, service))).filter((name) => name.endsWith('.jar'));
    // By the bytes of the names, not by anyone's language: the order is the class path's.
    names.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    const lines = await Promise.all(
      names.map(async (name) => `${await sha256Of(join(folder, service, name))}  ${name}\n`),
    );
    await writeFile(join(resourcesDir, `${service}.sha256`), lines.join(''));
    process.stdout.write(`${service}: ${lines.length} jars\n`);
  }
  await writeFile(join(resourcesDir, 'licences.tsv'), await describeLicences(options));
} finally {
  await rm(folder, { recursive: true, force: true });
}
