// airflow: the lab's DAG on the stack's Airflow. Its runs, one more of them, their logs, the way to Airflow's page.
import { setTimeout as delay } from 'node:timers/promises';
import type { AirflowFrame, DagRun } from '../../words/airflow.ts';
import { RiachoError } from '../../words/errors.ts';
import type { Terminal } from '../host.ts';

const lookMs = 1_000;

type Ready = Extract<AirflowFrame, { status: 'ready' }>;

export interface TriggerFlags {
  for?: number;
  rate?: number;
  url?: string;
  follow?: boolean;
}

/** The DAG as it is. Rejects with why nothing is seen of it; what Python says of its file is shown before. */
async function look({ client, screen }: Terminal): Promise<Ready> {
  for (let after = 0; ;) {
    const { version, frame } = await client.airflow.next({ after });
    if (frame.status === 'ready') return frame;
    if (frame.status === 'away') {
      if (frame.trace !== undefined) screen.line(frame.trace);
      throw new RiachoError(frame.fault.code, frame.fault.params);
    }
    after = version;
  }
}

const moment = (at: number | undefined): string =>
  at === undefined ? '' : new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');

export async function airflowRuns(terminal: Terminal): Promise<void> {
  const { screen, say } = terminal;
  const { isPaused, nextRunAt, runs, total } = await look(terminal);
  screen.event({ event: 'dag', isPaused, nextRunAt, total });
  for (const run of runs) screen.event({ event: 'run', ...run });
  screen.line(say(isPaused ? 'cli.airflow.paused' : 'cli.airflow.planned', { at: moment(nextRunAt) }));
  if (runs.length === 0) {
    screen.line(say('cli.airflow.noRuns'));
    return;
  }
  const words = (['state', 'kind', 'started', 'lasted', 'asked', 'run'] as const).map((name) =>
    say(`cli.airflow.${name}`),
  );
  screen.table(
    words,
    runs.map((run) => [
      say(`screens.airflow.states.${run.state}`),
      say(`screens.airflow.kinds.${run.kind}`),
      moment(run.startedAt),
      secondsOf(run),
      run.detail,
      run.id,
    ]),
  );
  if (total > runs.length) screen.line(say('cli.airflow.more', { shown: runs.length, total }));
}

function secondsOf({ startedAt, endedAt = Date.now() }: DagRun): string {
  return startedAt === undefined ? '' : `${Math.round((endedAt - startedAt) / 100) / 10} s`;
}

export async function airflowTrigger(terminal: Terminal, flags: TriggerFlags): Promise<void> {
  const { client, screen, say } = terminal;
  const { run } = await client.airflow.trigger({
    ...(flags.for !== undefined && { seconds: Math.ceil(flags.for / 1_000) }),
    ...(flags.rate !== undefined && { rate: flags.rate }),
    ...(flags.url !== undefined && { url: flags.url }),
  });
  screen.line(say('cli.airflow.triggered', { run }));
  screen.event({ event: 'triggered', run });
  if (flags.follow) await follow(terminal, run);
}

/** Shows the run's log as it grows, to its end. Rejects with why it failed; Ctrl-C leaves it running. */
async function follow(terminal: Terminal, id: string): Promise<void> {
  const { client, screen, say, signal } = terminal;
  for (let shown = 0, state = ''; ;) {
    const run = (await look(terminal)).runs.find((one) => one.id === id);
    const { lines, isCut } = await client.airflow.log({ run: id });
    // Of a log that is cut nobody can say what is new: its end is shown when it is whole.
    const fresh = isCut && run?.endedAt === undefined ? [] : lines.slice(isCut ? 0 : shown);
    for (const line of fresh) tell(terminal, line);
    shown += fresh.length;
    if (run !== undefined && run.state !== state) {
      state = run.state;
      screen.event({ event: 'run', ...run });
    }
    if (run?.state === 'success') {
      screen.line(say('cli.airflow.done', { seconds: secondsOf(run) }));
      return;
    }
    if (run?.state === 'failed')
      throw new RiachoError('AIRFLOW_RUN_FAILED', run.fault?.params ?? { line: lines.at(-1) ?? run.id });
    if (signal.aborted) return;
    await delay(lookMs, undefined, { signal }).catch(() => undefined);
  }
}

function tell({ screen }: Terminal, line: string): void {
  screen.line(line);
  screen.event({ event: 'line', line });
}

/** The newest run, where none is named; rejects with `AIRFLOW_RUN_GONE` where there is none. */
async function runOf(terminal: Terminal, named: string | undefined): Promise<string> {
  if (named !== undefined) return named;
  const [newest] = (await look(terminal)).runs;
  if (newest === undefined) throw new RiachoError('AIRFLOW_RUN_GONE', { run: '–' });
  return newest.id;
}

export async function airflowLogs(terminal: Terminal, flags: { run?: string }): Promise<void> {
  const { client, screen, say } = terminal;
  const { lines, isCut } = await client.airflow.log({ run: await runOf(terminal, flags.run) });
  if (isCut) screen.line(say('cli.airflow.cut'));
  for (const line of lines) tell(terminal, line);
  if (lines.length === 0) screen.line(say('cli.airflow.noLog'));
}

export async function airflowStop(terminal: Terminal, flags: { run?: string }): Promise<void> {
  const { client, screen, say } = terminal;
  const run = await runOf(terminal, flags.run);
  await client.airflow.stop({ run });
  screen.line(say('cli.airflow.stopped', { run }));
  screen.event({ event: 'stopped', run });
}

export async function airflowLogin({ client, screen, say }: Terminal): Promise<void> {
  const login = await client.airflow.login();
  screen.line(say('cli.airflow.login', login));
  screen.event({ event: 'login', ...login });
}
