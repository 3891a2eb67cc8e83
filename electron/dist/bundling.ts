// What the build of the page and of the desktop's process share: what of npm is cut off, and a list of what is not.
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';

const unused = '\0unused';

/**
 * Libraries that only lead where this app never goes: dockerode's way over ssh, with its natives, and the one by which
 * it would build images.
 */
export const withoutUnused: Plugin = {
  name: 'without-unused',
  enforce: 'pre',
  resolveId: (source) => (/^(ssh2|@grpc\/.*|protobufjs)$/.test(source) ? unused : null),
  load: (id) => (id === unused ? 'module.exports = {};' : null),
};

/** Where the build of an environment lists its packages; outside the bundle, since it names folders of this machine. */
export function packagesFile(out: string, environment: string): string {
  return join(out, `packages-${environment}.json`);
}

/** Writes the folders of all packages that went into a bundle, for their licences to go along. */
export const listPackages: Plugin = {
  name: 'list-packages',
  apply: 'build',
  async writeBundle({ dir = '' }) {
    const folders = [...this.getModuleIds()].flatMap(
      (id) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(id.replaceAll('\0', ''))?.[0] ?? [],
    );
    const text = JSON.stringify([...new Set(folders)].toSorted());
    await writeFile(packagesFile(dirname(dir), this.environment.name), text);
  },
};
