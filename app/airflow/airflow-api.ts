// Airflow's stable REST API (v1), asked about the lab's DAG by the user whom the stack has made. Whatever goes wrong
// comes back as a fault; the password is in none, and in no log.
import { z } from 'zod';
import { networkDetail } from '../../pipeline/network-detail.ts';
import { airflowDag, airflowUser, type DagRun } from '../../words/airflow.ts';
import { RiachoError } from '../../words/errors.ts';
import {
  dagAnswer,
  importErrorsAnswer,
  problemAnswer,
  runAnswer,
  runsAnswer,
  tasksAnswer,
  toDagRun,
  type DagAnswer,
  type TaskAnswer,
} from './airflow-answers.ts';

/** A webserver on a busy laptop takes its time, and one that hangs must not hold a person for long. */
const patienceMs = 15_000;
/** Of a longer log only the end is kept. */
const logChars = 512 * 1024;

interface Asked<T> {
  method?: 'GET' | 'POST' | 'PATCH';
  body?: unknown;
  answer: z.ZodType<T>;
}

export class AirflowApi {
  /** Where its page is. */
  readonly page: string;
  readonly #password: string;

  constructor(page: string, password: string) {
    this.page = page;
    this.#password = password;
  }

  /** Undefined where Airflow knows no such DAG. */
  dag(): Promise<DagAnswer | undefined> {
    return this.#askOrMiss(dagPath, { answer: dagAnswer });
  }

  /** Of each DAG file that cannot be loaded, what Python says. */
  async importErrors(): Promise<{ filename: string; stack_trace: string }[]> {
    return (await this.#ask('/importErrors', { answer: importErrorsAnswer })).import_errors;
  }

  async setPaused(isPaused: boolean): Promise<void> {
    await this.#ask(dagPath, { method: 'PATCH', body: { is_paused: isPaused }, answer: z.unknown() });
  }

  /** Resolves with the run's id; undefined where there is a run for this interval of the plan. */
  async trigger(conf: object, interval?: { start: string; end: string }): Promise<string | undefined> {
    const body = {
      dag_run_id: `manual__${new Date().toISOString()}`,
      conf,
      ...(interval && {
        logical_date: interval.start,
        data_interval_start: interval.start,
        data_interval_end: interval.end,
      }),
    };
    const response = await this.#send(`${dagPath}/dagRuns`, { method: 'POST', body });
    if (response.status === 409) return undefined;
    return (await this.#read(response, runAnswer)).dag_run_id;
  }

  /** The newest ones first, with how many there are. */
  async runs(limit: number): Promise<{ runs: DagRun[]; total: number }> {
    const path = `${dagPath}/dagRuns?order_by=-start_date&limit=${limit}`;
    const { dag_runs: runs, total_entries: total } = await this.#ask(path, { answer: runsAnswer });
    return { runs: runs.map((run) => toDagRun(run)), total };
  }

  /** Rejects with `AIRFLOW_RUN_GONE`. */
  async fail(run: string): Promise<void> {
    const asked = { method: 'PATCH', body: { state: 'failed' }, answer: z.unknown() } as const;
    if ((await this.#askOrMiss(runPath(run), asked)) === undefined) throw runGone(run);
  }

  /** Rejects with `AIRFLOW_RUN_GONE`. */
  async tasks(run: string): Promise<TaskAnswer[]> {
    const answer = await this.#askOrMiss(`${runPath(run)}/taskInstances`, { answer: tasksAnswer });
    if (answer === undefined || answer.task_instances.length === 0) throw runGone(run);
    return answer.task_instances;
  }

  /** The log of one attempt at a task, or the end of it. */
  async log(
    run: string,
    { task_id: task, try_number: attempt }: TaskAnswer,
  ): Promise<{ text: string; isCut: boolean }> {
    const path = `${runPath(run)}/taskInstances/${encodeURIComponent(task)}/logs/${attempt}?full_content=true`;
    const response = await this.#send(path, { accept: 'text/plain' });
    if (!response.ok || !response.body) throw await refusal(response);
    const kept = { text: '', isCut: false };
    for await (const part of response.body.pipeThrough(new TextDecoderStream())) {
      kept.text += part;
      if (kept.text.length > 2 * logChars)
        Object.assign(kept, { text: kept.text.slice(-logChars), isCut: true });
    }
    return kept;
  }

  async #ask<T>(path: string, { answer, ...asked }: Asked<T>): Promise<T> {
    return this.#read(await this.#send(path, asked), answer);
  }

  async #askOrMiss<T>(path: string, { answer, ...asked }: Asked<T>): Promise<T | undefined> {
    const response = await this.#send(path, asked);
    return response.status === 404 ? undefined : this.#read(response, answer);
  }

  async #read<T>(response: Response, answer: z.ZodType<T>): Promise<T> {
    if (!response.ok) throw await refusal(response);
    const found = answer.safeParse(await response.json().catch(() => undefined));
    if (found.success) return found.data;
    throw new RiachoError('AIRFLOW_REFUSED', { detail: new URL(response.url).pathname }, found.error);
  }

  /** Rejects where nobody answers, or not to this user. */
  async #send(
    path: string,
    {
      method = 'GET',
      body,
      accept = 'application/json',
    }: { method?: string; body?: unknown; accept?: string },
  ): Promise<Response> {
    const url = new URL(`/api/v1${path}`, this.page);
    const login = Buffer.from(`${airflowUser}:${this.#password}`).toString('base64');
    let response: Response;
    try {
      response = await fetch(url, {
        method,
        headers: { authorization: `Basic ${login}`, accept, 'content-type': 'application/json' },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(patienceMs),
      });
    } catch (error) {
      throw new RiachoError(
        'AIRFLOW_UNREACHABLE',
        { address: url.origin, detail: networkDetail(error) },
        error,
      );
    }
    if (response.status === 401 || response.status === 403)
      throw new RiachoError('AIRFLOW_DENIED', { user: airflowUser });
    return response;
  }
}

const dagPath = `/dags/${airflowDag}`;
const runPath = (run: string): string => `${dagPath}/dagRuns/${encodeURIComponent(run)}`;
const runGone = (run: string): RiachoError => new RiachoError('AIRFLOW_RUN_GONE', { run });

/** What Airflow says when it refuses: the first line of it, the rest is a schema. */
async function refusal(response: Response): Promise<RiachoError> {
  const problem = problemAnswer.safeParse(await response.json().catch(() => undefined)).data;
  const said = problem?.detail ?? problem?.title ?? response.statusText;
  return new RiachoError('AIRFLOW_REFUSED', { detail: said.split('\n')[0] || `HTTP ${response.status}` });
}
