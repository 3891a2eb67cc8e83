// The networks and volumes that services need: made where they are missing. Removes none.
import type Dockerode from 'dockerode';
import type { ComposeFile, ComposeService } from '../compose/compose-types.ts';
import { statusOfAnswer } from '../engine/docker-faults.ts';
import { partLabels } from './labels.ts';
import type { Made } from './made.ts';

/** What is made here is noted in `made` at once. */
export async function ensureParts(options: {
  docker: Dockerode;
  file: ComposeFile;
  services: readonly ComposeService[];
  made: Made;
}): Promise<void> {
  const { docker, file, services, made } = options;
  const networkKeys = new Set(services.flatMap(({ networks }) => networks.map(({ key }) => key)));
  for (const { key, name } of file.networks) {
    if (!networkKeys.has(key) || (await isThere(docker.getNetwork(name)))) continue;
    const Labels = partLabels(file.project, 'network', key);
    const network = await docker.createNetwork({
      Name: name,
      Driver: 'bridge',
      CheckDuplicate: true,
      Labels,
    });
    made.networks.push(network.id);
  }
  const volumeKeys = new Set(services.flatMap(({ mounts }) => mounts.map(({ source }) => source)));
  for (const { key, name } of file.volumes) {
    if (!volumeKeys.has(key) || (await isThere(docker.getVolume(name)))) continue;
    await docker.createVolume({ Name: name, Labels: partLabels(file.project, 'volume', key) });
    made.volumes.push(name);
  }
}

async function isThere(part: { inspect: () => Promise<unknown> }): Promise<boolean> {
  try {
    await part.inspect();
    return true;
  } catch (error) {
    if (statusOfAnswer(error) === 404) return false;
    throw error;
  }
}
