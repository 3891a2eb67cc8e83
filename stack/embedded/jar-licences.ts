// What licence each listed jar is under, by Maven's own descriptions of it. Runs when the lists of jars are renewed.
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { runMaven, plugin, type MavenOptions } from './maven.ts';

const inner = (xml: string, tag: string): string | undefined =>
  new RegExp(`<${tag}>\\s*([^]*?)\\s*</${tag}>`).exec(xml)?.[1];

/** Of a description without its dependencies, whose tags have the same names; of its parent where it says nothing. */
async function licencesOf(pomPath: string, repository: string): Promise<string[]> {
  const xml = (await readFile(pomPath, 'utf8')).replaceAll(/<!--[^]*?-->/g, '');
  const licences = [...(inner(xml, 'licenses') ?? '').matchAll(/<license>([^]*?)<\/license>/g)].map(
    ([, licence = '']) => inner(licence, 'name') ?? inner(licence, 'url') ?? '',
  );
  if (licences.length > 0) return licences.map((name) => name.replaceAll(/\s+/g, ' '));
  const parent = inner(xml, 'parent');
  const [group = '', artifact = '', version = ''] = ['groupId', 'artifactId', 'version'].map((tag) =>
    inner(parent ?? '', tag),
  );
  if (parent === undefined) return [];
  const folder = join(repository, ...group.split('.'), artifact, version);
  return licencesOf(join(folder, `${artifact}-${version}.pom`), repository);
}

/** `name<tab>licence[; licence]` for each jar that Maven has resolved, by name. Rejects for a jar that has none. */
export async function describeLicences(options: MavenOptions): Promise<string> {
  const said = await runMaven(
    [`${plugin}:list`, '-DoutputAbsoluteArtifactFilename=true', '-DincludeScope=runtime'],
    options,
  );
  const lines = new Map<string, string>();
  for (const [, group = '', path = ''] of said.matchAll(/^\[INFO\] +([\w.-]+):[^ ]*:(\/\S+\.jar)/gm)) {
    const [name = '', version = '', artifact = ''] = path.split('/').toReversed();
    const repository = path.slice(0, path.indexOf(`/${group.replaceAll('.', '/')}/`));
    const licences = await licencesOf(join(dirname(path), `${artifact}-${version}.pom`), repository);
    if (licences.length === 0) throw new Error(`No licence is known of ${name}`);
    lines.set(name, `${name}\t${licences.join('; ')}\n`);
  }
  return [...lines.keys()]
    .toSorted()
    .map((name) => lines.get(name))
    .join('');
}
