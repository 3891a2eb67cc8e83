// What a fed lab says of itself; a test puts its own in the place of any part, while the page looks on.
import type { RunsFrame } from '../../contract/contract.ts';
import type { AirflowFrame } from '../../words/airflow.ts';
import type { Fault } from '../../words/errors.ts';
import type { Activity } from '../../words/lab.ts';
import type { ExportFrame } from '../../words/messages.ts';
import type { EngineFinding } from '../../words/services.ts';
import type { SchemaSubject } from '../../words/schemas.ts';
import { settings as settingsSchema, type Settings } from '../../words/settings.ts';
import type { StackStatus } from '../../words/stack.ts';
import { fedSubject } from './fed-data.ts';
import { airflowAtWork } from './fed-airflow.ts';
import { dockerAway, dockerFound } from './fed-docker.ts';

export interface Said {
  stack: StackStatus;
  engines: EngineFinding[];
  /** Made of the runs that flow. */
  runs: (flowing: RunsFrame) => RunsFrame;
  settings: Settings;
  export: ExportFrame;
  activity: Activity[];
  subject: SchemaSubject;
  airflow: AirflowFrame;
  /** What was called, besides what is pulled. */
  calls: { name: string; input: unknown }[];
  /** Thrown by whatever is called under this name. */
  refuse: Partial<Record<string, Fault>>;
}

export function healthyStack(startedAt = Date.now()): StackStatus {
  return {
    engine: 'embedded',
    stack: 'healthy',
    services: [
      {
        name: 'kafka',
        state: 'healthy',
        address: '127.0.0.1:9092',
        version: '3.9.2',
        pid: 4_711,
        readyMs: 2_100,
        startedAt,
        log: '/home/ana/.local/share/riacho/logs/kafka.log',
      },
      {
        name: 'cassandra',
        state: 'healthy',
        address: '127.0.0.1:9042',
        version: '5.0.9',
        pid: 4_712,
        readyMs: 6_300,
        startedAt,
        log: '/home/ana/.local/share/riacho/logs/cassandra.log',
      },
    ],
    notices: [],
  };
}

export function stoppedStack(): StackStatus {
  return {
    engine: 'embedded',
    stack: 'stopped',
    services: [
      { name: 'kafka', state: 'stopped', address: '' },
      { name: 'cassandra', state: 'stopped', address: '' },
    ],
    notices: [],
  };
}

export function newSaid(): Said {
  return {
    stack: healthyStack(),
    engines: fedEngines(),
    runs: (flowing) => flowing,
    settings: settingsSchema.parse({}),
    export: { status: 'none', rows: 0, bytes: 0, file: '' },
    activity: fedActivity(),
    subject: fedSubject,
    airflow: airflowAtWork(),
    calls: [],
    refuse: {},
  };
}

function fedEngines(): EngineFinding[] {
  const address = 'unix:///var/run/docker.sock';
  return [
    { kind: 'embedded', detail: 'Kafka 3.9.2 · Cassandra 5.0.9 · Java 17.0.13' },
    dockerAway({ code: 'DOCKER_NOT_RUNNING', params: { address, detail: 'ENOENT' } }),
    { kind: 'external', detail: '', fault: { code: 'INPUT_MISSING', params: { detail: 'Kafka' } } },
  ];
}

/** The engines with a Docker that answers. */
export function withDocker(docker: EngineFinding = dockerFound): EngineFinding[] {
  return fedEngines().map((engine) => (engine.kind === 'docker' ? docker : engine));
}

function fedActivity(): Activity[] {
  const at = Date.now() - 60_000;
  return [
    {
      id: 1,
      action: 'stack.start',
      startedAt: at,
      endedAt: at + 6_300,
      status: 'done',
      detail: '',
      command: 'riacho up',
    },
    {
      id: 2,
      action: 'export.start',
      startedAt: at + 9_000,
      endedAt: at + 9_100,
      status: 'failed',
      detail: '/media/stick/users.csv',
      command: 'riacho export --file /media/stick/users.csv',
      fault: { code: 'DISK_FULL', params: { path: '/media/stick/users.csv' } },
    },
    {
      id: 3,
      action: 'producer.start',
      startedAt: at + 20_000,
      status: 'running',
      detail: 'offline, 5000/s',
      command: 'riacho produce --source offline --rate 5000',
    },
  ];
}
