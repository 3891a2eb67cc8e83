// The labels and names of Docker Compose, by which `docker compose` sees our stack and we see its. Asks nothing of Docker.
import { createHash } from 'node:crypto';
import { dirname } from 'node:path';
import type { ComposeFile, ComposeService } from '../compose/compose-types.ts';

/** Compose's own, as its `ps`, `ls` and `down` look for them. */
export const composeLabel = {
  project: 'com.docker.compose.project',
  service: 'com.docker.compose.service',
  oneOff: 'com.docker.compose.oneoff',
  number: 'com.docker.compose.container-number',
  configHash: 'com.docker.compose.config-hash',
  configFiles: 'com.docker.compose.project.config_files',
  workingDir: 'com.docker.compose.project.working_dir',
  dependsOn: 'com.docker.compose.depends_on',
  image: 'com.docker.compose.image',
  version: 'com.docker.compose.version',
  network: 'com.docker.compose.network',
  volume: 'com.docker.compose.volume',
} as const;

/** Ours: what a container was made from. One that has none was made by somebody else, and stays as it is. */
export const madeFromLabel = 'riacho.made-from';
/** Ours, on an image that we built: what it was built from. */
export const builtFromLabel = 'riacho.built-from';
/** In the compose file: the path of a service's own page, on the first of its ports. */
export const pageLabel = 'riacho.page';

/** The Compose whose labels these are. */
const composeVersion = '2.40.3';

/** What selects the things of a project, and nobody else's, in any of Docker's lists. */
export function ofProject(project: string): { label: string[] } {
  return { label: [`${composeLabel.project}=${project}`] };
}

/** The name that Compose gives to the container of `service`. */
export function containerName(file: ComposeFile, service: ComposeService): string {
  return service.containerName ?? `${file.project}-${service.name}-1`;
}

/** One short text for any plain data. */
export function hashOf(data: unknown): string {
  return createHash('sha256').update(JSON.stringify(data)).digest('hex');
}

/** A container's labels; `madeFrom` is the hash of all that it is made from. */
export function containerLabels(options: {
  file: ComposeFile;
  service: ComposeService;
  imageId: string;
  madeFrom: string;
}): Record<string, string> {
  const { file, service, imageId, madeFrom } = options;
  return {
    ...service.labels,
    [composeLabel.project]: file.project,
    [composeLabel.service]: service.name,
    [composeLabel.oneOff]: 'False',
    [composeLabel.number]: '1',
    [composeLabel.configHash]: madeFrom,
    [composeLabel.configFiles]: file.path,
    [composeLabel.workingDir]: dirname(file.path),
    [composeLabel.dependsOn]: service.dependsOn
      .map(({ service: name, condition }) => `${name}:${condition}:false`)
      .join(','),
    [composeLabel.image]: imageId,
    [composeLabel.version]: composeVersion,
    [madeFromLabel]: madeFrom,
  };
}

/** Of a network or a volume: `kind` with its key in the file. Without a hash, which would ask for Compose's own. */
export function partLabels(project: string, kind: 'network' | 'volume', key: string): Record<string, string> {
  return {
    [composeLabel.project]: project,
    [composeLabel[kind]]: key,
    [composeLabel.version]: composeVersion,
  };
}
