// What a fed lab says of a Docker stack: its states from stopped to failed, as the compose file's services go through
// them. Sizes are about those of the published images.
import type { Fault } from '../../words/errors.ts';
import type { EngineFinding, ServiceUsage } from '../../words/services.ts';
import type {
  ServiceName,
  ServiceStatus,
  ServiceStep,
  StackNotice,
  StackProfile,
  StackStatus,
} from '../../words/stack.ts';

const mebibyte = 1024 ** 2;

interface Container {
  name: ServiceName;
  image: string;
  limitMb: number;
  address?: string;
  page?: string;
  version?: string;
  imageMb: number;
}

const containers: readonly Container[] = [
  { name: 'kafka', image: 'apache/kafka:3.9.0', limitMb: 768, address: 'localhost:9092', imageMb: 198 },
  { name: 'cassandra', image: 'cassandra:5.0.2', limitMb: 1_280, address: 'localhost:9042', imageMb: 176 },
  {
    name: 'schema-registry',
    image: 'confluentinc/cp-schema-registry:7.4.0',
    limitMb: 640,
    address: 'localhost:8081',
    page: 'http://localhost:8081/subjects',
    imageMb: 860,
  },
  {
    name: 'control-center',
    image: 'confluentinc/cp-enterprise-control-center:7.4.0',
    limitMb: 8_192,
    address: 'localhost:9021',
    page: 'http://localhost:9021/',
    imageMb: 1_034,
  },
  { name: 'postgres', image: 'postgres:14', limitMb: 256, imageMb: 150 },
  {
    name: 'airflow-webserver',
    image: 'dsaservidor-airflow:2.10.4',
    limitMb: 1_024,
    address: 'localhost:8080',
    page: 'http://localhost:8080/',
    imageMb: 0,
  },
  { name: 'airflow-scheduler', image: 'dsaservidor-airflow:2.10.4', limitMb: 1_024, imageMb: 0 },
  {
    name: 'spark-master',
    image: 'apache/spark:3.5.4',
    limitMb: 1_024,
    address: 'localhost:9090',
    page: 'http://localhost:9090/',
    imageMb: 421,
  },
  {
    name: 'spark-worker-1',
    image: 'apache/spark:3.5.4',
    limitMb: 3_072,
    address: 'localhost:9091',
    page: 'http://localhost:9091/',
    imageMb: 421,
  },
];

const always: ServiceName[] = ['kafka', 'cassandra'];
const airflow: ServiceName[] = ['postgres', 'airflow-webserver', 'airflow-scheduler'];
const spark: ServiceName[] = ['spark-master', 'spark-worker-1'];
const services: Record<StackProfile, ServiceName[]> = {
  light: always,
  spark: [...always, ...spark],
  airflow: [...always, ...airflow],
  registry: [...always, 'schema-registry'],
  'control-center': [...always, 'schema-registry', 'control-center'],
  full: containers.map(({ name }) => name),
};
const profiles = ['light', 'spark', 'airflow', 'registry', 'control-center', 'full'] as const;

const of = (profile: StackProfile): Container[] =>
  containers.filter(({ name }) => services[profile].includes(name));

/** Docker as it is found where it answers. */
export const dockerFound: EngineFinding = {
  kind: 'docker',
  detail: 'Docker 27.5.1',
  profiles: profiles.map((name) => ({
    name,
    services: services[name],
    memoryBytes: of(name).reduce((sum, { limitMb }) => sum + limitMb * mebibyte, 0),
  })),
};

export const dockerAway = (fault: Fault): EngineFinding => ({ kind: 'docker', detail: '', fault });

function stackOf(
  stack: StackStatus['stack'],
  list: ServiceStatus[],
  notices: StackNotice[] = [],
): StackStatus {
  return { engine: 'docker', stack, services: list, notices };
}

function statusOf({ name, image, limitMb }: Container, more: Partial<ServiceStatus>): ServiceStatus {
  if (more.state === undefined) return { name, state: 'stopped', address: '', image };
  const container = name === 'cassandra' ? name : `dsaservidor-${name === 'kafka' ? 'broker' : name}-1`;
  return {
    name,
    state: more.state,
    address: '',
    image,
    container,
    memoryLimitBytes: limitMb * mebibyte,
    ...more,
  };
}

const healthy = (one: Container, index: number, startedAt: number): ServiceStatus =>
  statusOf(one, {
    state: 'healthy',
    address: one.address ?? '',
    version: one.image.split(':')[1] ?? '',
    readyMs: 4_200 + index * 3_100,
    startedAt: startedAt + index * 2_000,
    ...(one.page !== undefined && { page: one.page }),
  });

export function dockerStopped(profile: StackProfile = 'full'): StackStatus {
  return stackOf(
    'stopped',
    of(profile).map((one) => statusOf(one, {})),
  );
}

export function dockerHealthy(profile: StackProfile = 'full', startedAt = Date.now() - 95_000): StackStatus {
  return stackOf(
    'healthy',
    of(profile).map((one, index) => healthy(one, index, startedAt)),
  );
}

/** Where Control Center's memory is not there. */
export function dockerLeftOut(): StackStatus {
  const { services: all, ...rest } = dockerHealthy('full');
  return {
    ...rest,
    services: all.filter(({ name }) => name !== 'control-center'),
    notices: [
      { kind: 'left-out', service: 'control-center', wanted: 8, found: 6 },
      { kind: 'emulated', service: 'schema-registry', wanted: 'arm64', found: 'amd64' },
    ],
  };
}

const portions = [1, 0.62, 0.41, 0.08, 0.9, 0, 0, 0.27, 0.27];

/** The first start: images come side by side, one is built, and one-shots have a row of their own. */
export function dockerPulling(profile: StackProfile = 'full'): StackStatus {
  const list = of(profile).map((one, index): ServiceStatus => {
    const total = one.imageMb * mebibyte;
    const step: ServiceStep =
      total === 0
        ? { kind: 'building', done: 3, total: 7 }
        : { kind: 'pulling', image: one.image, done: total * (portions[index] ?? 0), total };
    return statusOf(one, { state: 'pulling', step });
  });
  return stackOf('pulling', [
    ...list.slice(0, 4),
    ...oneShots('pulling', { kind: 'launching' }),
    ...list.slice(4),
  ]);
}

function oneShots(state: ServiceStatus['state'], step: ServiceStep): ServiceStatus[] {
  const [postgres] = containers.filter(({ name }) => name === 'postgres');
  if (!postgres) return [];
  const names = ['secrets', 'airflow-init'] as const;
  return names.map((name) => statusOf({ ...postgres, name, limitMb: 768 }, { state, step }));
}

/** Every image is here: some answer, some wait for others, Cassandra's check fails for now. */
export function dockerWaiting(): StackStatus {
  const steps: Partial<Record<ServiceName, Partial<ServiceStatus>>> = {
    cassandra: { state: 'starting', step: { kind: 'answering' }, said: 'bash: connect: Connection refused' },
    'schema-registry': { state: 'starting', step: { kind: 'answering' } },
    'control-center': { state: 'starting', step: { kind: 'waiting', on: ['schema-registry'] } },
    'airflow-webserver': { state: 'starting', step: { kind: 'waiting', on: ['airflow-init'] } },
    'airflow-scheduler': { state: 'starting', step: { kind: 'waiting', on: ['airflow-init'] } },
    'spark-worker-1': { state: 'starting', step: { kind: 'launching' } },
  };
  const startedAt = Date.now() - 9_000;
  const list = of('full').map((one, index) => {
    const step = steps[one.name];
    return step ? statusOf(one, step) : healthy(one, index, startedAt);
  });
  const working = oneShots('starting', { kind: 'launching' }).slice(1);
  return stackOf('starting', [...list.slice(0, 5), ...working, ...list.slice(5)]);
}

/** One of them did not make it, and says why. */
export function dockerFailed(service: ServiceName, fault: Fault): StackStatus {
  const { services: all, ...rest } = dockerStopped();
  return {
    ...rest,
    stack: 'failed',
    services: all.map((one) => (one.name === service ? { ...one, state: 'failed' as const, fault } : one)),
  };
}

/** At work, but for one whose check fails. */
export function dockerUnhealthy(service: ServiceName, said: string): StackStatus {
  const { services: all, ...rest } = dockerHealthy();
  return {
    ...rest,
    stack: 'unhealthy',
    services: all.map((one) => (one.name === service ? { ...one, state: 'unhealthy' as const, said } : one)),
  };
}

/** What those that run take; `wave` goes from -1 to 1. */
export function dockerUsage(status: StackStatus, wave: number): ServiceUsage[] {
  return status.services.flatMap(({ name, startedAt, memoryLimitBytes = 0 }, index) =>
    startedAt === undefined
      ? []
      : [
          {
            name,
            startedAt,
            cpuPercent: 4 + index * 3 * (1 + 0.5 * wave),
            memoryBytes: memoryLimitBytes * (0.55 + 0.1 * wave),
          },
        ],
  );
}
