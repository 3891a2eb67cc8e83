// What an image is built from, as one short text: the folder's files and how they are used. Builds nothing.
import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { ComposeService } from '../compose/compose-types.ts';
import { hashOf } from '../containers/labels.ts';

export type ComposeBuild = NonNullable<ComposeService['build']>;

/**
 * The same as long as the Dockerfile is, and no file of the folder has other content, another name or another executable
 * bit; the folder counts only where the Dockerfile copies from it.
 */
export async function contextHash(build: ComposeBuild): Promise<string> {
  const dockerfile = await readFile(join(build.context, build.dockerfile), 'utf8');
  const copies = /^\s*(?:COPY|ADD)\s/im.test(dockerfile);
  return hashOf([dockerfile, build.args, copies ? await filesOf(build.context) : []]);
}

async function filesOf(folder: string): Promise<[string, boolean, string][]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(
    paths.toSorted().map(async (path): Promise<[string, boolean, string]> => {
      const isExecutable = ((await stat(path)).mode & 0o100) !== 0;
      return [relative(folder, path), isExecutable, hashOf((await readFile(path)).toString('base64'))];
    }),
  );
}

/** The images that a Dockerfile begins with, as far as it names them outright; its own stages are none. */
export function baseImages(dockerfile: string): string[] {
  const stages = new Set(['scratch']);
  const images = new Set<string>();
  for (const line of dockerfile.split('\n')) {
    const [, image, stage] = /^\s*FROM\s+(?:--\S+\s+)*(\S+)(?:\s+AS\s+(\S+))?/i.exec(line) ?? [];
    if (image === undefined) continue;
    if (!image.includes('$') && !stages.has(image)) images.add(image);
    if (stage !== undefined) stages.add(stage);
  }
  return [...images];
}
