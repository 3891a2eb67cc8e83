// What a fed lab says of Airflow: a DAG with runs of every kind, one of them at work, and their logs.
import type { AirflowFrame, DagRun, DagRunLog } from '../../words/airflow.ts';

const at = Date.now() - 20_000;
const day = 86_400_000;

function run(index: number, more: Partial<DagRun>): DagRun {
  const startedAt = at - index * 400_000;
  const id = `manual__${new Date(startedAt).toISOString()}`;
  return {
    id,
    state: 'success',
    kind: 'manual',
    detail: '',
    startedAt,
    endedAt: startedAt + 61_400,
    ...more,
  };
}

export const failedRun: DagRun = run(1, {
  state: 'failed',
  detail: '30 s · api.example.com',
  endedAt: at - 368_000,
  fault: {
    code: 'AIRFLOW_RUN_FAILED',
    params: {
      line: 'the API at http://api.example.com/ does not answer as it should: [Errno 111] Connection refused',
    },
  },
});

export function airflowAtWork(): AirflowFrame {
  const { endedAt: _running, ...running } = run(0, { state: 'running', detail: '60 s · 10/s' });
  return {
    status: 'ready',
    isPaused: false,
    nextRunAt: Math.ceil(at / day) * day,
    runs: [running, failedRun, run(2, {}), run(3, { kind: 'scheduled' })],
    total: 4,
  };
}

export const airflowEmpty: AirflowFrame = { status: 'ready', isPaused: true, runs: [], total: 0 };

export const airflowLogin = {
  page: 'http://localhost:8080/',
  user: 'admin',
  password: 'not-a-real-password',
};

export function dagRunLog(id: string): DagRunLog {
  const stamp = new Date(at).toISOString().replace('Z', '+0000');
  const ends =
    id === failedRun.id
      ? [
          `[${stamp}] {taskinstance.py:3311} ERROR - Task failed with exception`,
          'Traceback (most recent call last):',
          '  File "/opt/airflow/dags/dsa_kafka_stream.py", line 141, in stream_users',
          '    raise AirflowException(f"the API at {url} does not answer as it should: {failure}")',
          `airflow.exceptions.AirflowException: ${failedRun.fault?.params['line']}`,
        ]
      : [`[${stamp}] {dsa_kafka_stream.py:109} INFO - fetched 300 users`];
  return {
    task: 'streaming_task',
    lines: [
      `[${stamp}] {taskinstance.py:2866} INFO - Starting attempt 1 of 1`,
      `[${stamp}] {conn.py:380} INFO - <BrokerConnection node_id=1 host=broker:29092>: Connection complete.`,
      ...ends,
    ],
    isCut: false,
  };
}
