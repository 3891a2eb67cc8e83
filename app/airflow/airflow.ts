// The lab's DAG on the stack's Airflow: seen, triggered, stopped, its runs and their logs. Airflow is asked only while
// somebody watches or wants something of it; its password is read from the stack each time, and kept nowhere else.
import { setTimeout as delay } from 'node:timers/promises';
import type { z } from 'zod';
import type { dagRunInput } from '../../contract/contract.ts';
import type { Engine } from '../../stack/engine.ts';
import {
  airflowDag,
  airflowUser,
  type AirflowFrame,
  type DagRun,
  type DagRunLog,
} from '../../words/airflow.ts';
import { faultOf, RiachoError, type Fault } from '../../words/errors.ts';
import { logFrameLines } from '../../words/services.ts';
import type { ServiceName } from '../../words/stack.ts';
import type { Log } from '../log.ts';
import { Feed } from '../streams/feed.ts';
import { AirflowApi } from './airflow-api.ts';
import type { DagAnswer } from './airflow-answers.ts';
import { reasonIn } from './failure-reason.ts';

/** Where the stack's container `secrets` has put it; see compose/docker-compose.yml. */
const passwordFile = '/run/riacho/airflow-admin-password';
/** How often it is looked at: each question costs Airflow a tenth of a second, most of it for checking the password. */
const busyMs = 1_000;
const idleMs = 3_000;
/** As many runs as a person looks back to. */
const runsShown = 25;
/** A scheduler that has just begun has not read its folder of DAGs yet. */
const firstReadMs = 30_000;
const traceChars = 4_000;
const lineChars = 8_000;
/** Without both nothing of it works; the first of them is asked. */
const services: readonly ServiceName[] = ['airflow-webserver', 'airflow-scheduler'];

type Stack = Pick<Engine, 'next' | 'readFile'>;

interface Parts {
  engine: Stack;
  log: Log;
}

export class Airflow {
  readonly #engine: Stack;
  readonly #log: Log;
  #frame: AirflowFrame = { status: 'asking' };
  #isLooking = false;
  #lookAt = 0;
  #opened: { page: string; startedAt: number | undefined; api: AirflowApi } | undefined;
  /** Why runs failed, by their ids: what has ended changes no more. */
  readonly #reasons = new Map<string, Fault | undefined>();
  readonly feed = new Feed<AirflowFrame>(() => {
    if (performance.now() >= this.#lookAt) this.#lookNow();
    return this.#frame;
  });

  constructor({ engine, log }: Parts) {
    this.#engine = engine;
    this.#log = log;
  }

  /** Resolves with the run's id. Rejects with what keeps Airflow from it. */
  async trigger(input: z.output<typeof dagRunInput>): Promise<{ run: string }> {
    const api = await this.#open();
    const dag = await this.#firstDag(api);
    const run = (await this.#triggerDue(api, dag, input)) ?? (await api.trigger(input));
    if (run === undefined) throw new RiachoError('AIRFLOW_REFUSED', { detail: 'HTTP 409' });
    if (dag.is_paused) await api.setPaused(false);
    this.#lookNow();
    return { run };
  }

  async setPaused(isPaused: boolean): Promise<void> {
    await (await this.#open()).setPaused(isPaused);
    this.#lookNow();
  }

  /** Rejects with `AIRFLOW_RUN_GONE`. */
  async stop(run: string): Promise<void> {
    await (await this.#open()).fail(run);
    // It was wanted: whatever went wrong before is not why it ended.
    this.#reasons.set(run, undefined);
    this.#lookNow();
  }

  /** Rejects with `AIRFLOW_RUN_GONE`. */
  async log(run: string): Promise<DagRunLog> {
    return readLog(await this.#open(), run);
  }

  async login(): Promise<{ page: string; user: string; password: string }> {
    const { page } = await this.#ready();
    return { page, user: airflowUser, password: await this.#password() };
  }

  /**
   * A DAG that is paused may have a run of its plan due, which Airflow would start, with its usual settings, as soon as it
   * runs the DAG at all; and only one runs at a time. What a person asks for takes the place of that one.
   */
  async #triggerDue(api: AirflowApi, dag: DagAnswer, input: object): Promise<string | undefined> {
    const { next_dagrun_data_interval_start: start, next_dagrun_data_interval_end: end } = dag;
    const isDue = Date.parse(dag.next_dagrun_create_after ?? '') <= Date.now();
    if (!dag.is_paused || !isDue || start === null || end === null) return undefined;
    return api.trigger(input, { start, end });
  }

  #lookNow(): void {
    if (this.#isLooking) return;
    this.#isLooking = true;
    void this.#look()
      .catch((error: unknown): AirflowFrame => {
        // The password may be another one by now.
        this.#opened = undefined;
        return { status: 'away', fault: faultOf(error) };
      })
      .then((frame) => {
        this.#frame = frame;
        const isIdle = frame.status === 'ready' && frame.runs.every(({ endedAt }) => endedAt !== undefined);
        this.#lookAt = performance.now() + (isIdle ? idleMs : busyMs);
        this.#isLooking = false;
      });
  }

  async #look(): Promise<AirflowFrame> {
    const api = await this.#open();
    const dag = await api.dag();
    if (dag === undefined || dag.has_import_errors) {
      const { fault, trace } = await whyNoDag(api);
      return { status: 'away', fault, ...(trace !== undefined && { trace }) };
    }
    const { runs, total } = await api.runs(runsShown);
    const [newest, ...rest] = runs;
    const nextRunAt = Date.parse(dag.next_dagrun_create_after ?? '');
    return {
      status: 'ready',
      isPaused: dag.is_paused,
      runs: newest ? [await this.#withReason(api, newest), ...rest] : [],
      total,
      ...(!Number.isNaN(nextRunAt) && { nextRunAt }),
    };
  }

  async #withReason(api: AirflowApi, run: DagRun): Promise<DagRun> {
    if (run.state !== 'failed') return run;
    if (!this.#reasons.has(run.id)) {
      // A log that cannot be read keeps nothing else from being seen.
      const log = await readLog(api, run.id).catch(() => undefined);
      if (log === undefined) return run;
      const line = reasonIn(log.lines);
      this.#reasons.set(
        run.id,
        line === undefined ? undefined : { code: 'AIRFLOW_RUN_FAILED', params: { line } },
      );
    }
    const fault = this.#reasons.get(run.id);
    return { ...run, ...(fault && { fault }) };
  }

  async #firstDag(api: AirflowApi): Promise<DagAnswer> {
    for (const deadline = performance.now() + firstReadMs; ;) {
      const dag = await api.dag();
      if (dag !== undefined && !dag.has_import_errors) return dag;
      const { fault } = await whyNoDag(api);
      if (fault.code !== 'AIRFLOW_DAG_MISSING' || performance.now() > deadline)
        throw new RiachoError(fault.code, fault.params);
      await delay(busyMs);
    }
  }

  /** Rejects with `AIRFLOW_MISSING`, `AIRFLOW_NOT_READY`, or what the stack's engine says. */
  async #open(): Promise<AirflowApi> {
    const { page, startedAt } = await this.#ready();
    // One that was started anew may have another password.
    if (this.#opened?.page !== page || this.#opened.startedAt !== startedAt)
      this.#opened = { page, startedAt, api: new AirflowApi(page, await this.#password()) };
    return this.#opened.api;
  }

  async #ready(): Promise<{ page: string; startedAt: number | undefined }> {
    const { frame } = await this.#engine.next(0);
    const found = frame.services.filter(({ name }) => services.some((service) => service === name));
    const [webserver] = found;
    if (webserver === undefined || found.length < services.length) throw new RiachoError('AIRFLOW_MISSING');
    if (frame.stack === 'stopped') throw new RiachoError('STACK_NOT_RUNNING');
    for (const { name, state, fault } of found) {
      if (fault !== undefined) throw new RiachoError(fault.code, fault.params);
      if (state !== 'healthy') throw new RiachoError('AIRFLOW_NOT_READY', { service: name });
    }
    const { page, startedAt } = webserver;
    if (page === undefined) throw new RiachoError('AIRFLOW_NOT_READY', { service: webserver.name });
    return { page, startedAt };
  }

  async #password(): Promise<string> {
    const password = await this.#engine.readFile?.('airflow-webserver', passwordFile);
    if (password !== undefined) return password;
    this.#log(`no file ${passwordFile} in Airflow's container`);
    throw new RiachoError('AIRFLOW_DENIED', { user: airflowUser });
  }
}

async function readLog(api: AirflowApi, run: string): Promise<DagRunLog> {
  const tasks = (await api.tasks(run)).filter(({ try_number: attempt }) => attempt > 0);
  const byStart = tasks.toSorted((one, other) =>
    (one.start_date ?? '') < (other.start_date ?? '') ? -1 : 1,
  );
  const task = byStart.find(({ state }) => state === 'failed') ?? byStart.at(-1);
  if (task === undefined) return { task: '', lines: [], isCut: false };
  const { text, isCut } = await api.log(run, task);
  // The name of the machine that wrote it comes first, on a line of its own.
  const lines = text.trim().split('\n').slice(1);
  return {
    task: task.task_id,
    lines: lines.slice(-logFrameLines).map((line) => line.slice(0, lineChars)),
    isCut: isCut || lines.length > logFrameLines,
  };
}

/** Why the DAG cannot be run: its file cannot be loaded, or there is none. */
async function whyNoDag(api: AirflowApi): Promise<{ fault: Fault; trace?: string }> {
  const [error] = await api.importErrors();
  if (error === undefined) return { fault: { code: 'AIRFLOW_DAG_MISSING', params: { dag: airflowDag } } };
  const { filename: path, stack_trace: whole } = error;
  const trace = whole.trim().slice(-traceChars);
  return {
    fault: { code: 'AIRFLOW_DAG_BROKEN', params: { path, detail: trace.split('\n').at(-1) ?? '' } },
    trace,
  };
}
