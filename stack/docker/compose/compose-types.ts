// The compose file as the engine works with it: variables filled in, anchors merged, durations in ms, sizes in bytes,
// folders absolute. Compose's own words; what reads it is compose-file.ts.

export type DependencyCondition = 'service_started' | 'service_healthy' | 'service_completed_successfully';

export interface ComposeHealthcheck {
  /** As Docker's API takes it: `CMD` or `CMD-SHELL` first. */
  test: string[];
  intervalMs: number;
  timeoutMs: number;
  retries: number;
  startPeriodMs: number;
}

export interface ComposePort {
  hostIp: string;
  hostPort: number;
  containerPort: number;
  protocol: 'tcp' | 'udp';
}

export interface ComposeMount {
  kind: 'volume' | 'bind';
  /** Key of a volume of the file, or an absolute path on this machine. */
  source: string;
  /** Path in the container. */
  target: string;
  readOnly: boolean;
}

export interface ComposeService {
  /** As the file names it: `broker`, `cassandra`, … */
  name: string;
  image: string;
  /** What is built instead of pulled; the result is tagged `image`. */
  build?: { context: string; dockerfile: string; args: Record<string, string> };
  containerName?: string;
  hostname?: string;
  /** Empty: it always runs. */
  profiles: string[];
  entrypoint?: string[];
  command?: string[];
  environment: Record<string, string>;
  labels: Record<string, string>;
  user?: string;
  workingDir?: string;
  dependsOn: { service: string; condition: DependencyCondition }[];
  healthcheck?: ComposeHealthcheck;
  ports: ComposePort[];
  mounts: ComposeMount[];
  networks: { key: string; aliases: string[] }[];
  /** The most that it may take. */
  memoryBytes?: number;
  /** What it wants to find free. */
  memoryReservationBytes?: number;
  cpus?: number;
  pidsLimit?: number;
  restart: 'no' | 'always' | 'on-failure' | 'unless-stopped';
  stopGraceMs: number;
  logging?: { driver: string; options: Record<string, string> };
  securityOpt: string[];
  capDrop: string[];
  ulimits: { name: string; soft: number; hard: number }[];
  tmpfs: string[];
  init: boolean;
  shmBytes?: number;
}

export interface ComposeFile {
  /** Absolute path. */
  path: string;
  project: string;
  /** In the order of the file; every profile's. */
  services: ComposeService[];
  /** `name` is what Docker calls it: `dsaservidor_dsacademy`. */
  networks: { key: string; name: string }[];
  volumes: { key: string; name: string }[];
}
