// One service of a compose file as the engine works with it: folders absolute, variables of the environment taken.
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import type { WrittenService } from './compose-schema.ts';
import type { ComposeService } from './compose-types.ts';
import type { Lookup } from './interpolation.ts';

/** What a service takes from around it. */
export interface Surroundings {
  /** Of the compose file, absolute. */
  folder: string;
  project: string;
  lookup: Lookup;
}

/** A key that says nothing takes its value from outside, or is not set where there is none. */
function environmentOf(
  pairs: Readonly<Record<string, string | null>>,
  lookup: Lookup,
): Record<string, string> {
  const entries = Object.entries(pairs).map(([name, value]) => [name, value ?? lookup(name)] as const);
  return Object.fromEntries(entries.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

const textsOf = (pairs: Readonly<Record<string, string | null>>): Record<string, string> =>
  Object.fromEntries(Object.entries(pairs).map(([name, value]) => [name, value ?? '']));

function buildOf({ build }: WrittenService, { folder, lookup }: Surroundings): ComposeService['build'] {
  if (build === undefined) return undefined;
  const { context, dockerfile, args } = build;
  return { context: resolve(folder, context), dockerfile, args: environmentOf(args, lookup) };
}

/** `written` as the file has it, short forms made long. */
export function serviceOf(name: string, written: WrittenService, around: Surroundings): ComposeService {
  const build = buildOf(written, around);
  const { healthcheck, logging } = written;
  return {
    name,
    image: written.image ?? `${around.project}-${name}`,
    ...(build && { build }),
    ...(written.container_name !== undefined && { containerName: written.container_name }),
    ...(written.hostname !== undefined && { hostname: written.hostname }),
    profiles: written.profiles,
    ...(written.entrypoint && { entrypoint: written.entrypoint }),
    ...(written.command && { command: written.command }),
    environment: environmentOf(written.environment, around.lookup),
    labels: textsOf(written.labels),
    ...(written.user !== undefined && { user: written.user }),
    ...(written.working_dir !== undefined && { workingDir: written.working_dir }),
    dependsOn: Object.entries(written.depends_on).map(([service, { condition }]) => ({ service, condition })),
    ...(healthcheck && {
      healthcheck: {
        test: healthcheck.test,
        intervalMs: healthcheck.interval,
        timeoutMs: healthcheck.timeout,
        retries: healthcheck.retries,
        startPeriodMs: healthcheck.start_period,
      },
    }),
    ports: written.ports.map((port) => ({
      hostIp: port.host_ip,
      hostPort: port.published,
      containerPort: port.target,
      protocol: port.protocol,
    })),
    mounts: written.volumes.map((mount) => ({
      kind: mount.type,
      source:
        mount.type === 'bind' ? resolve(around.folder, mount.source.replace(/^~/, homedir())) : mount.source,
      target: mount.target,
      readOnly: mount.read_only,
    })),
    networks: Object.entries(written.networks).map(([key, value]) => ({
      key,
      aliases: value?.aliases ?? [],
    })),
    ...(written.mem_limit !== undefined && { memoryBytes: written.mem_limit }),
    ...(written.mem_reservation !== undefined && { memoryReservationBytes: written.mem_reservation }),
    ...(written.cpus !== undefined && { cpus: written.cpus }),
    ...(written.pids_limit !== undefined && { pidsLimit: written.pids_limit }),
    restart: written.restart,
    stopGraceMs: written.stop_grace_period,
    ...(logging && { logging: { driver: logging.driver, options: textsOf(logging.options) } }),
    securityOpt: written.security_opt,
    capDrop: written.cap_drop,
    ulimits: Object.entries(written.ulimits).map(([limit, { soft, hard }]) => ({ name: limit, soft, hard })),
    tmpfs: written.tmpfs,
    init: written.init,
    ...(written.shm_size !== undefined && { shmBytes: written.shm_size }),
  };
}
