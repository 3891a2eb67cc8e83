// What we want to know of a container, out of Docker's long answer about it. Pure: asks nothing of Docker.
import type { ContainerInspectInfo } from 'dockerode';
import { tellingLine } from '../../telling-line.ts';
import { composeLabel, madeFromLabel } from './labels.ts';

/** The part of Docker's answer that is read. */
export type Inspected = Pick<ContainerInspectInfo, 'Id' | 'Name' | 'RestartCount'> & {
  State: Pick<ContainerInspectInfo['State'], 'Status' | 'ExitCode' | 'OOMKilled' | 'StartedAt' | 'Health'>;
  Config: Pick<ContainerInspectInfo['Config'], 'Image' | 'Labels'>;
  HostConfig: Pick<ContainerInspectInfo['HostConfig'], 'Memory' | 'PortBindings'>;
  NetworkSettings: { Ports: Record<string, { HostIp: string; HostPort: string }[] | null> | null };
};

/** Docker keeps this many results of a health check. */
const keptChecks = 5;

export interface ContainerView {
  id: string;
  name: string;
  /** As the compose file names it. */
  service: string;
  image: string;
  state: 'created' | 'running' | 'restarting' | 'paused' | 'exited';
  /** Absent where the container has no health check. */
  health?: 'starting' | 'healthy' | 'unhealthy';
  exitCode: number;
  /** Killed for its memory: the whole of it now, or a process of it since it began. */
  outOfMemory: boolean;
  /** How often Docker has started it again by itself. */
  restarts: number;
  /** Epoch ms of its last start; absent before the first. */
  startedAt?: number;
  /** From its start to the first check that passed, where that is known. */
  readyMs?: number;
  /** What its check has said last. */
  said?: string;
  /** The most telling line of its log; of one that failed. */
  evidence?: string;
  memoryLimitBytes?: number;
  /** Of this machine, by the container's own, in the order of the latter. */
  ports: Map<number, number>;
  /** What it was made from, where it was made by us. */
  madeFrom?: string;
}

/** Undefined for a container that is no service's: a one-off command of `docker compose run`. */
export function viewOf(container: Inspected): ContainerView | undefined {
  const { State: state, Config: config, HostConfig: host } = container;
  const labels = new Map(Object.entries(config.Labels));
  const service = labels.get(composeLabel.service);
  if (service === undefined || labels.get(composeLabel.oneOff) === 'True') return undefined;
  const madeFrom = labels.get(madeFromLabel);
  const startedAt = Date.parse(state.StartedAt);
  const hasStarted = startedAt > 0;
  const health = healthOf(state.Health?.Status);
  const checks = state.Health?.Log ?? [];
  const readyMs = hasStarted ? readyAfter(checks, startedAt) : undefined;
  const said = tellingLine((checks.at(-1)?.Output ?? '').split('\n'));
  return {
    id: container.Id,
    name: container.Name.replace(/^\//, ''),
    service,
    image: config.Image,
    state: stateOf(state.Status),
    exitCode: state.ExitCode,
    outOfMemory: state.OOMKilled,
    restarts: container.RestartCount,
    ports: portsOf(container),
    ...(health !== undefined && { health }),
    ...(hasStarted && { startedAt }),
    ...(readyMs !== undefined && { readyMs }),
    ...(said !== '' && health !== 'healthy' && { said }),
    ...(host.Memory !== undefined && host.Memory > 0 && { memoryLimitBytes: host.Memory }),
    ...(madeFrom !== undefined && { madeFrom }),
  };
}

function stateOf(status: string): ContainerView['state'] {
  switch (status) {
    case 'created':
    case 'running':
    case 'restarting':
    case 'paused':
      return status;
    default:
      // `removing` and `dead` run as little.
      return 'exited';
  }
}

function healthOf(status: string | undefined): ContainerView['health'] {
  return status === 'starting' || status === 'healthy' || status === 'unhealthy' ? status : undefined;
}

type Checks = NonNullable<ContainerInspectInfo['State']['Health']>['Log'];

/** A log that is full of passed checks does not tell when the first one was. */
function readyAfter(checks: Checks, startedAt: number): number | undefined {
  const first = checks.findIndex(({ ExitCode }) => ExitCode === 0);
  const check = checks[first];
  if (check === undefined || (first === 0 && checks.length >= keptChecks)) return undefined;
  const readyMs = Date.parse(check.End) - startedAt;
  return readyMs >= 0 ? readyMs : undefined;
}

/** While it runs Docker knows the ports; before and after, what was asked for. */
function portsOf({ HostConfig: host, NetworkSettings: network }: Inspected): Map<number, number> {
  const asked: NonNullable<typeof network.Ports> = host.PortBindings ?? {};
  const found = new Map<number, number>();
  for (const key of Object.keys(asked)) {
    const port = Number((network.Ports?.[key] ?? asked[key])?.[0]?.HostPort);
    if (port > 0) found.set(Number.parseInt(key, 10), port);
  }
  return found;
}
