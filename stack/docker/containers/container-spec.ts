// A service of the compose file as Docker's API wants a container. Pure: asks nothing of Docker.
import type { ContainerCreateOptions, EndpointsConfig, HostConfig, MountSettings } from 'dockerode';
import type { ComposeFile, ComposeHealthcheck, ComposeService } from '../compose/compose-types.ts';
import { containerLabels, containerName, hashOf } from './labels.ts';

const nsPerMs = 1_000_000;

/** What to create for a service, and where to connect it besides. */
export interface ContainerSpec {
  create: ContainerCreateOptions;
  /** Networks behind the first: older engines take only one at creation. */
  furtherNetworks: { name: string; aliases: string[] }[];
  /** The same for the same service of the same file on the same image. */
  madeFrom: string;
}

/** `imageId` is that of the image as it is here now: a container of an older one has to be made anew. */
export function containerSpec(file: ComposeFile, service: ComposeService, imageId: string): ContainerSpec {
  const [network, ...furtherNetworks] = networksOf(file, service);
  const name = containerName(file, service);
  const endpoints: EndpointsConfig =
    network === undefined ? {} : { [network.name]: { Aliases: network.aliases } };
  const plain: ContainerCreateOptions = {
    name,
    Image: service.image,
    Env: Object.entries(service.environment).map(([key, value]) => `${key}=${value}`),
    ExposedPorts: Object.fromEntries(service.ports.map((port) => [portKey(port), {}])),
    StopTimeout: Math.ceil(service.stopGraceMs / 1000),
    ...(service.hostname !== undefined && { Hostname: service.hostname }),
    ...(service.user !== undefined && { User: service.user }),
    ...(service.workingDir !== undefined && { WorkingDir: service.workingDir }),
    ...(service.entrypoint && { Entrypoint: service.entrypoint }),
    ...(service.command && { Cmd: service.command }),
    ...(service.healthcheck && { Healthcheck: healthOf(service.healthcheck) }),
    HostConfig: hostConfig(file, service, network?.name),
    NetworkingConfig: { EndpointsConfig: endpoints },
  };
  const madeFrom = hashOf([plain, furtherNetworks, service.labels, imageId]);
  const create = { ...plain, Labels: containerLabels({ file, service, imageId, madeFrom }) };
  return { create, furtherNetworks, madeFrom };
}

function networksOf(file: ComposeFile, service: ComposeService): { name: string; aliases: string[] }[] {
  return service.networks.map(({ key, aliases }) => ({
    name: file.networks.find((network) => network.key === key)?.name ?? key,
    aliases: [...new Set([service.name, containerName(file, service), ...aliases])],
  }));
}

function hostConfig(file: ComposeFile, service: ComposeService, network: string | undefined): HostConfig {
  return {
    NetworkMode: network ?? 'none',
    RestartPolicy: { Name: service.restart },
    PortBindings: portBindings(service),
    Mounts: service.mounts.map((mount) => mountOf(file, mount)),
    SecurityOpt: service.securityOpt,
    CapDrop: service.capDrop,
    Ulimits: service.ulimits.map(({ name, soft, hard }) => ({ Name: name, Soft: soft, Hard: hard })),
    Tmpfs: Object.fromEntries(service.tmpfs.map((entry) => splitOnce(entry))),
    ...(service.init && { Init: true }),
    ...(service.memoryBytes !== undefined && { Memory: service.memoryBytes }),
    ...(service.memoryReservationBytes !== undefined && {
      MemoryReservation: service.memoryReservationBytes,
    }),
    ...(service.cpus !== undefined && { NanoCpus: Math.round(service.cpus * 1e9) }),
    ...(service.pidsLimit !== undefined && { PidsLimit: service.pidsLimit }),
    ...(service.shmBytes !== undefined && { ShmSize: service.shmBytes }),
    ...(service.logging && {
      LogConfig: { Type: service.logging.driver, Config: service.logging.options },
    }),
  };
}

/** `/run:size=64m` is a path and its options. */
function splitOnce(entry: string): [string, string] {
  const [path = '', ...options] = entry.split(':');
  return [path, options.join(':')];
}

function portKey({ containerPort, protocol }: ComposeService['ports'][number]): string {
  return `${containerPort}/${protocol}`;
}

function portBindings(service: ComposeService): Record<string, { HostIp: string; HostPort: string }[]> {
  const bindings: Record<string, { HostIp: string; HostPort: string }[]> = {};
  for (const port of service.ports) {
    (bindings[portKey(port)] ??= []).push({ HostIp: port.hostIp, HostPort: String(port.hostPort) });
  }
  return bindings;
}

function mountOf(file: ComposeFile, mount: ComposeService['mounts'][number]): MountSettings {
  const volume = file.volumes.find(({ key }) => key === mount.source);
  const Source = mount.kind === 'volume' ? (volume?.name ?? mount.source) : mount.source;
  return { Type: mount.kind, Source, Target: mount.target, ReadOnly: mount.readOnly };
}

function healthOf(check: ComposeHealthcheck): NonNullable<ContainerCreateOptions['Healthcheck']> {
  return {
    Test: check.test,
    Interval: check.intervalMs * nsPerMs,
    Timeout: check.timeoutMs * nsPerMs,
    StartPeriod: check.startPeriodMs * nsPerMs,
    Retries: check.retries,
  };
}
