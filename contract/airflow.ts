// The part of the contract about Airflow: its DAG, the runs of it, their logs, the way to its page.
import { z } from 'zod';
import { airflowFrame, dagRunLog } from '../words/airflow.ts';
import { dagSecondsMax, liveRateMax } from './limits.ts';
import { after, framed, procedure } from './procedure.ts';

/** What a run is asked for; what is left out is as the DAG has it. */
export const dagRunInput = z.object({
  seconds: z.number().int().positive().max(dagSecondsMax).optional(),
  /** Records a second. */
  rate: z.number().positive().max(liveRateMax).optional(),
  /** Another address that answers as randomuser.me does, as Airflow's containers reach it. */
  url: z.url({ protocol: /^https?$/ }).optional(),
});
export type DagRunInput = z.input<typeof dagRunInput>;

const run = z.object({ run: z.string().min(1).max(250) });

export const airflowContract = {
  airflow: {
    next: procedure.input(after).output(framed(airflowFrame)),
    /** Starts a run, and lets Airflow run the DAG at all where it was paused. */
    trigger: procedure.input(dagRunInput.prefault({})).output(run),
    setPaused: procedure.input(z.object({ isPaused: z.boolean() })).output(z.void()),
    /** Marks a run as failed: Airflow then ends its task within seconds. */
    stop: procedure.input(run).output(z.void()),
    /** The log of the run's task, its newest lines; of several tasks that of the one that failed, else of the last. */
    log: procedure.input(run).output(dagRunLog),
    /** What a person needs to open Airflow's own page. */
    login: procedure.output(z.object({ page: z.url(), user: z.string(), password: z.string() })),
  },
};
