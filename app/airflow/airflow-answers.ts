// What Airflow's stable REST API (v1) answers, as far as it is used here. Decodes, and asks nothing.
import { z } from 'zod';
import { dagRunInput } from '../../contract/contract.ts';
import type { DagRun } from '../../words/airflow.ts';

const moment = z.iso.datetime({ offset: true });

export const dagAnswer = z.object({
  is_paused: z.boolean(),
  has_import_errors: z.boolean(),
  /** The interval that the DAG's plan runs for next, and when. */
  next_dagrun: moment.nullable(),
  next_dagrun_create_after: moment.nullable(),
  next_dagrun_data_interval_start: moment.nullable(),
  next_dagrun_data_interval_end: moment.nullable(),
});
export type DagAnswer = z.infer<typeof dagAnswer>;

export const importErrorsAnswer = z.object({
  import_errors: z.array(z.object({ filename: z.string(), stack_trace: z.string() })),
});

export const runAnswer = z.object({
  dag_run_id: z.string(),
  state: z.string(),
  run_type: z.string(),
  start_date: moment.nullable(),
  end_date: moment.nullable(),
  conf: z.record(z.string(), z.unknown()).nullable(),
});

export const runsAnswer = z.object({ dag_runs: z.array(runAnswer), total_entries: z.number() });

export const tasksAnswer = z.object({
  task_instances: z.array(
    z.object({
      task_id: z.string(),
      try_number: z.number().int(),
      state: z.string().nullable(),
      start_date: moment.nullable(),
    }),
  ),
});
export type TaskAnswer = z.infer<typeof tasksAnswer>['task_instances'][number];

/** What Airflow says of a request that it refuses. */
export const problemAnswer = z.object({ title: z.string(), detail: z.string().nullable() });

const epochMs = (at: string | null): number | undefined => (at === null ? undefined : Date.parse(at));

/** Words for what a run was asked for; whatever else a person has put into its configuration is left out. */
function detailOf(conf: z.infer<typeof runAnswer>['conf']): string {
  const { seconds, rate, url } = dagRunInput.safeParse(conf ?? {}).data ?? {};
  return [
    ...(seconds === undefined ? [] : [`${seconds} s`]),
    ...(rate === undefined ? [] : [`${rate}/s`]),
    ...(url === undefined ? [] : [new URL(url).host]),
  ].join(' · ');
}

export function toDagRun(answer: z.infer<typeof runAnswer>): DagRun {
  const { dag_run_id: id, state, run_type: kind, start_date, end_date, conf } = answer;
  const startedAt = epochMs(start_date);
  const endedAt = epochMs(end_date);
  return {
    id,
    state: state === 'running' || state === 'success' || state === 'failed' ? state : 'queued',
    kind: kind === 'manual' || kind === 'scheduled' ? kind : 'other',
    detail: detailOf(conf),
    ...(startedAt !== undefined && { startedAt }),
    ...(endedAt !== undefined && { endedAt }),
  };
}
