// The lab's DAG as a watcher sees it, at a server that answers as Airflow did: states, faults, one run a trigger.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AirflowFrame } from '../../words/airflow.ts';
import type { ServiceStatus } from '../../words/stack.ts';
import { Airflow } from './airflow.ts';
import { bodyOf, openRecordedAirflow, type RecordedAirflow } from './testing/recorded-airflow.ts';

let server: RecordedAirflow;
beforeEach(async () => {
  server = await openRecordedAirflow();
});
afterEach(() => server.close());

function servicesAt(page: string): ServiceStatus[] {
  return [
    { name: 'airflow-webserver', state: 'healthy', address: 'localhost:8080', page, startedAt: 7 },
    { name: 'airflow-scheduler', state: 'healthy', address: '' },
  ];
}

interface Stand {
  services: ServiceStatus[];
  password: string | undefined;
  stack: 'healthy' | 'stopped';
}

function open(stand: Partial<Stand> = {}) {
  const now: Stand = {
    services: servicesAt(server.page),
    password: server.password,
    stack: 'healthy',
    ...stand,
  };
  const logged: string[] = [];
  const airflow = new Airflow({
    engine: {
      next: async () => {
        const { services, stack } = now;
        return { version: 1, frame: { engine: 'docker', stack, services, notices: [] } };
      },
      readFile: async (_service, path) => (path.endsWith('-password') ? now.password : undefined),
    },
    log: (text, error) => void logged.push(`${text} ${String(error)}`),
  });
  return { airflow, now, logged };
}

/** What is seen when Airflow was asked. */
async function seen(airflow: Airflow): Promise<AirflowFrame> {
  return vi.waitUntil(
    async () => {
      const { frame } = await airflow.feed.next(0);
      return frame.status === 'asking' ? undefined : frame;
    },
    { timeout: 5_000 },
  );
}

const faultOf = (frame: AirflowFrame) => (frame.status === 'away' ? frame.fault : undefined);

describe('the DAG', () => {
  it('is seen with its runs, the newest first, as Airflow tells of them', async () => {
    const { airflow } = open();
    const frame = await seen(airflow);
    expect(frame).toMatchObject({
      status: 'ready',
      isPaused: false,
      nextRunAt: Date.UTC(2026, 10, 24),
      runs: [
        { state: 'queued', kind: 'manual', detail: '2 s · 172.19.0.1:8765' },
        {
          state: 'running',
          kind: 'manual',
          startedAt: expect.any(Number),
          detail: '30 s · 5/s · 172.19.0.1:8765',
        },
        { state: 'failed', startedAt: expect.any(Number), endedAt: expect.any(Number) },
        { state: 'failed' },
      ],
    });
    expect(frame).not.toHaveProperty('runs.0.startedAt');
  });

  it('says why its newest run failed, and asks for that log once', async () => {
    server.say('GET /dagRuns', { status: 200, body: { dag_runs: [failedRun()], total_entries: 1 } });
    const { airflow } = open();
    const line =
      'the API at http://172.19.0.1:1/api/ does not answer as it should: ' +
      'Failed to establish a new connection: [Errno 111] Connection refused';
    const expected = { runs: [{ fault: { code: 'AIRFLOW_RUN_FAILED', params: { line } } }] };
    expect(await seen(airflow)).toMatchObject(expected);
    await airflow.setPaused(false);
    await vi.waitUntil(() => asked('GET /dagRuns').length === 2);
    expect(await seen(airflow)).toMatchObject(expected);
    expect(asked('GET /dagRuns/<run>/taskInstances')).toHaveLength(1);
  });

  it('has no reason to tell where a person stopped its run', async () => {
    server.say('GET /dagRuns', { status: 200, body: { dag_runs: [failedRun()], total_entries: 1 } });
    server.say('GET /dagRuns/<run>/taskInstances/streaming_task/logs/1', 'stopped log');
    const frame = await seen(open().airflow);
    expect(frame).toMatchObject({ runs: [{ state: 'failed' }] });
    expect(frame).not.toHaveProperty('runs.0.fault');
  });

  it('is seen with its runs also where the log of one that failed cannot be read', async () => {
    server.say('GET /dagRuns', { status: 200, body: { dag_runs: [failedRun()], total_entries: 1 } });
    server.say('GET /dagRuns/<run>/taskInstances/streaming_task/logs/1', { status: 500, body: {} });
    expect(await seen(open().airflow)).toMatchObject({ status: 'ready', runs: [{ state: 'failed' }] });
  });

  it('cannot be loaded: what Python says is told, with its trace', async () => {
    server.say('GET ', 'broken dag');
    server.say('GET /importErrors', 'import errors');
    expect(await seen(open().airflow)).toMatchObject({
      status: 'away',
      fault: {
        code: 'AIRFLOW_DAG_BROKEN',
        params: {
          path: '/opt/airflow/dags/dsa_kafka_stream.py',
          detail: expect.stringMatching(/^ImportError: cannot import name 'Nonsense'/),
        },
      },
      trace: expect.stringContaining('line 17, in <module>'),
    });
  });

  it('is not there', async () => {
    server.say('GET ', 'dag not found');
    expect(faultOf(await seen(open().airflow))).toEqual({
      code: 'AIRFLOW_DAG_MISSING',
      params: { dag: 'dsa-real-time-etl-stack' },
    });
  });
});

describe('Airflow that cannot be asked', () => {
  it('is not in the stack', async () => {
    const { airflow } = open({ services: [] });
    expect(faultOf(await seen(airflow))?.code).toBe('AIRFLOW_MISSING');
    await expect(airflow.trigger({})).rejects.toMatchObject({ code: 'AIRFLOW_MISSING' });
  });

  it('is not ready while one of its two services is not', async () => {
    const [webserver, scheduler] = servicesAt(server.page);
    if (!webserver || !scheduler) throw new Error('no services');
    const { airflow, now } = open({ services: [webserver, { ...scheduler, state: 'starting' }] });
    expect(faultOf(await seen(airflow))).toEqual({
      code: 'AIRFLOW_NOT_READY',
      params: { service: 'airflow-scheduler' },
    });
    expect(server.asked).toEqual([]);
    // It is looked at again by itself.
    now.services = [webserver, scheduler];
    await vi.waitUntil(async () => (await seen(airflow)).status === 'ready', { timeout: 5_000 });
  });

  it('has a service that failed, whose own fault says more', async () => {
    const fault = {
      code: 'SERVICE_EXITED',
      params: { service: 'airflow-scheduler', exitCode: 1, line: 'x' },
    } as const;
    const [webserver] = servicesAt(server.page);
    if (!webserver) throw new Error('no services');
    const { airflow } = open({
      services: [webserver, { name: 'airflow-scheduler', state: 'failed', address: '', fault }],
    });
    expect(faultOf(await seen(airflow))).toEqual(fault);
  });

  it('does not answer, and is seen again when it does', async () => {
    const { page } = server;
    await server.close();
    const { airflow, now } = open({ services: servicesAt(page) });
    expect(faultOf(await seen(airflow))).toEqual({
      code: 'AIRFLOW_UNREACHABLE',
      params: { address: new URL(page).origin, detail: 'ECONNREFUSED' },
    });
    server = await openRecordedAirflow();
    now.services = servicesAt(server.page);
    await vi.waitUntil(async () => (await seen(airflow)).status === 'ready', { timeout: 5_000 });
  });

  it('refuses the password, which stands in no fault and no log, and takes the right one later', async () => {
    const { airflow, now, logged } = open({ password: 'an-older-one' });
    const fault = faultOf(await seen(airflow));
    expect(fault).toEqual({ code: 'AIRFLOW_DENIED', params: { user: 'admin' } });
    await expect(airflow.stop('x')).rejects.toMatchObject({ code: 'AIRFLOW_DENIED' });
    expect(JSON.stringify([fault, logged])).not.toContain('an-older-one');
    now.password = server.password;
    await vi.waitUntil(async () => (await seen(airflow)).status === 'ready', { timeout: 5_000 });
  });

  it('is another program, which answers something else', async () => {
    server.say('GET ', { status: 200, body: { hello: 'world' } });
    expect(faultOf(await seen(open().airflow))).toMatchObject({ code: 'AIRFLOW_REFUSED' });
  });
});

describe('a trigger', () => {
  const paused = (due: string) => ({
    status: 200,
    body: { ...Object(bodyOf('dag')), is_paused: true, next_dagrun_create_after: due },
  });
  const yesterday = '2020-01-02T00:00:00+00:00';

  it('starts a run with what was asked for, and leaves a DAG that runs alone', async () => {
    const { run } = await open().airflow.trigger({ seconds: 5, rate: 2 });
    expect(run).toMatch(/^manual__/);
    const [sent] = asked('POST /dagRuns');
    expect(sent).toMatchObject({
      conf: { seconds: 5, rate: 2 },
      dag_run_id: expect.stringMatching(/^manual__/),
    });
    expect(sent).not.toHaveProperty('logical_date');
    expect(asked('PATCH ')).toEqual([]);
  });

  it('takes the place of the run that is due in a paused DAG, and only then ends the pause', async () => {
    server.say('GET ', paused(yesterday));
    await open().airflow.trigger({ seconds: 5 });
    const { next_dagrun_data_interval_start: start, next_dagrun_data_interval_end: end } = Object(
      bodyOf('dag'),
    );
    expect(asked('POST /dagRuns')).toMatchObject([
      { logical_date: start, data_interval_start: start, data_interval_end: end },
    ]);
    expect(server.asked.slice(1, 3).map(({ what }) => what)).toEqual(['POST /dagRuns', 'PATCH ']);
    expect(asked('PATCH ')).toEqual([{ is_paused: false }]);
  });

  it('takes nobody’s place where nothing is due', async () => {
    server.say('GET ', paused('2999-01-02T00:00:00+00:00'));
    await open().airflow.trigger({});
    expect(asked('POST /dagRuns')).toEqual([
      expect.not.objectContaining({ logical_date: expect.anything() }),
    ]);
  });

  it('of what the DAG does not take is refused in its words, and the pause stays', async () => {
    server.say('GET ', paused(yesterday));
    server.say('POST /dagRuns', 'refused');
    await expect(open().airflow.trigger({ seconds: 1 })).rejects.toMatchObject({
      code: 'AIRFLOW_REFUSED',
      params: { detail: 'Invalid input for param seconds: 0 is less than the minimum of 1' },
    });
    expect(asked('PATCH ')).toEqual([]);
  });
});

describe('a run', () => {
  it('is stopped by its id', async () => {
    await open().airflow.stop('manual__2026-11-23T00:32:11.068469+00:00');
    expect(asked('PATCH /dagRuns/<run>')).toEqual([{ state: 'failed' }]);
  });

  it('has a log, without what is only for machines', async () => {
    const log = await open().airflow.log('manual__1');
    expect(log).toMatchObject({ task: 'streaming_task', isCut: false });
    expect(log.lines[0]).toContain('Log message source details');
    expect(log.lines.at(-1)).toMatch(/::endgroup::$/);
  });

  it('has an empty log before its task begins', async () => {
    server.say('GET /dagRuns/<run>/taskInstances', 'queued tasks');
    expect(await open().airflow.log('manual__1')).toEqual({ task: '', lines: [], isCut: false });
  });

  it('has of a long log the end', async () => {
    const lines = Array.from({ length: 40_000 }, (_, index) => `line ${index} ${'x'.repeat(40)}`);
    const body = ['host', ...lines].join('\n');
    server.say('GET /dagRuns/<run>/taskInstances/streaming_task/logs/1', { status: 200, body });
    const log = await open().airflow.log('manual__1');
    expect(log.isCut).toBe(true);
    expect(log.lines).toHaveLength(1_000);
    expect(log.lines.at(-1)).toBe(lines.at(-1));
  });

  it('that is gone is told', async () => {
    server.say('GET /dagRuns/<run>/taskInstances', 'tasks of no run');
    server.say('PATCH /dagRuns/<run>', 'run not found');
    const gone = { code: 'AIRFLOW_RUN_GONE', params: { run: 'no-such' } };
    await expect(open().airflow.log('no-such')).rejects.toMatchObject(gone);
    await expect(open().airflow.stop('no-such')).rejects.toMatchObject(gone);
  });
});

it('hands out what opens Airflow’s page to whoever asks for it', async () => {
  expect(await open().airflow.login()).toEqual({
    page: server.page,
    user: 'admin',
    password: server.password,
  });
});

function failedRun(): unknown {
  const { dag_runs: runs } = Object(bodyOf('runs'));
  return runs.find(({ state }: { state: string }) => state === 'failed');
}

/** What was sent along with each of these. */
function asked(what: string): unknown[] {
  return server.asked.filter((one) => one.what === what).map(({ body }) => body);
}
