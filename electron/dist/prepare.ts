// What the packages hold besides the bundles: the embedded engine's jars and Java, and the notices of all that is not ours.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packEngineInto } from '../../app/pack-engine.ts';
import { packagesFile } from './bundling.ts';
import { thirdPartyNotices } from './notices.ts';

/** Fills `out/engine` and writes `out/THIRD-PARTY.txt` in the project `root`, whose app is built. */
export async function prepare(root: string): Promise<void> {
  const out = join(root, 'out');
  const lists = ['main', 'client'].map((environment) => packagesFile(out, environment));
  // Cassandra has no Windows support.
  const packsEngine = process.platform !== 'win32';
  if (packsEngine) await packEngineInto(join(out, 'engine'));
  const licences = packsEngine ? join(root, 'compose', 'embedded', 'licences.tsv') : undefined;
  await writeFile(join(out, 'THIRD-PARTY.txt'), await thirdPartyNotices(lists, licences));
}
