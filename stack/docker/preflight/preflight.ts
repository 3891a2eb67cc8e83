// Whether a profile can run on this engine: memory, disk, ports, processor. Starts nothing.
import type Dockerode from 'dockerode';
import { RiachoError } from '../../../words/errors.ts';
import type { StackNotice, StackProfile } from '../../../words/stack.ts';
import { isFree } from '../../embedded/ports.ts';
import { readStackFile } from '../../embedded/stack-file.ts';
import type { ComposeFile, ComposePort, ComposeService } from '../compose/compose-types.ts';
import { requireDiskSpace } from './disk-space.ts';
import { statusOfAnswer } from '../engine/docker-faults.ts';
import { readEngineFacts, type EngineFacts } from '../engine/engine-facts.ts';
import { composeLabel } from '../containers/labels.ts';
import { fitIntoMemory } from './memory-fit.ts';
import { serviceNameOf, servicesOf } from '../compose/plan.ts';
import { processAt } from './port-holder.ts';

/** Addresses that take in every other. */
const anywhere = new Set(['0.0.0.0', '::', '', undefined]);

/** What can be started. */
export interface Preflight {
  /** In the order of `servicesOf`, without what was left out and what waits for it. */
  services: ComposeService[];
  notices: StackNotice[];
}

export interface PreflightOptions {
  docker: Dockerode;
  file: ComposeFile;
  profile: StackProfile;
  /** Where the embedded stack keeps its data: it may hold the ports. */
  dataDir?: string;
}

/**
 * Call it before anything is pulled or made; what runs already as it should is no hindrance. Rejects with
 * `NOT_ENOUGH_MEMORY` {wanted, found}, `DOCKER_DISK_FULL` {detail}, `SERVICE_PORT_TAKEN` {service, port, holder},
 * `DOCKER_REFUSED` where the engine runs Windows' containers, or with what the engine met.
 */
export async function preflight(options: PreflightOptions): Promise<Preflight> {
  const { docker, file, profile, dataDir } = options;
  const facts = await readEngineFacts(docker);
  if (facts.system !== 'linux') throw new RiachoError('DOCKER_REFUSED', { detail: `OSType ${facts.system}` });
  const { services, leftOut } = fitIntoMemory(servicesOf(file, profile), facts.memoryBytes);
  await requireDiskSpace(facts);
  await checkPorts({ docker, file, services, ...(dataDir !== undefined && { dataDir }) });
  const emulated = await Promise.all(services.map((service) => noticeOfImage(docker, service, facts)));
  return {
    services,
    notices: [
      ...leftOut.flatMap(({ service, wanted, found }): StackNotice[] => {
        const name = serviceNameOf(service.name);
        return name ? [{ kind: 'left-out', service: name, wanted, found }] : [];
      }),
      ...emulated.flat(),
    ],
  };
}

async function checkPorts(options: {
  docker: Dockerode;
  file: ComposeFile;
  services: readonly ComposeService[];
  dataDir?: string;
}): Promise<void> {
  const { docker, file, services, dataDir } = options;
  const containers = await docker.listContainers();
  for (const service of services) {
    for (const port of service.ports) {
      const container = containers.find((one) => holds(one, port));
      const isIts =
        container?.Labels[composeLabel.project] === file.project &&
        container.Labels[composeLabel.service] === service.name;
      if (isIts) continue;
      const holder = container
        ? (container.Names[0] ?? container.Id).replace(/^\//, '')
        : await otherHolder(port, dataDir);
      if (holder === undefined) continue;
      const name = serviceNameOf(service.name) ?? service.name;
      throw new RiachoError('SERVICE_PORT_TAKEN', { service: name, port: port.hostPort, holder });
    }
  }
}

function holds(container: Dockerode.ContainerInfo, port: ComposePort): boolean {
  return container.Ports.some(
    ({ IP, PublicPort, Type }) =>
      PublicPort === port.hostPort &&
      Type === port.protocol &&
      (IP === port.hostIp || anywhere.has(IP) || anywhere.has(port.hostIp)),
  );
}

/** Who of this machine's programs holds `port`; only tcp can be tried without disturbing anyone. */
async function otherHolder(
  { hostPort, protocol }: ComposePort,
  dataDir?: string,
): Promise<string | undefined> {
  if (protocol !== 'tcp' || (await isFree(hostPort))) return undefined;
  const embedded = dataDir === undefined ? undefined : await readStackFile(dataDir);
  const isEmbedded = embedded?.services.some(({ address }) => address.endsWith(`:${hostPort}`));
  return isEmbedded ? 'embedded stack' : ((await processAt(hostPort)) ?? 'another program');
}

/** An image that is here for another processor; one that is still to be pulled will be for this one if it can. */
async function noticeOfImage(
  docker: Dockerode,
  service: ComposeService,
  { architecture: wanted }: EngineFacts,
): Promise<StackNotice[]> {
  const name = serviceNameOf(service.name);
  try {
    const { Architecture: found } = await docker.getImage(service.image).inspect();
    return name && found !== wanted ? [{ kind: 'emulated', service: name, wanted, found }] : [];
  } catch (error) {
    if (statusOfAnswer(error) === 404) return [];
    throw error;
  }
}
