// Airflow's part of the vocabulary: the lab's DAG, its runs, and what a watcher sees of them.
import { z } from 'zod';
import { fault } from './fault.ts';

/** The DAG that sends users into the lab's topic; compose/airflow/dags has it. */
export const airflowDag = 'dsa-real-time-etl-stack';
/** Whom the stack makes for Airflow's page, with a password drawn at its first start. */
export const airflowUser = 'admin';

export const dagRunState = z.enum(['queued', 'running', 'success', 'failed']);
export type DagRunState = z.infer<typeof dagRunState>;

export const dagRun = z.object({
  id: z.string(),
  state: dagRunState,
  /** What set it off: a person, or the DAG's plan. */
  kind: z.enum(['manual', 'scheduled', 'other']),
  /** Epoch ms. */
  startedAt: z.number().optional(),
  endedAt: z.number().optional(),
  /** What it was asked for, in no language; empty where that is the usual. */
  detail: z.string(),
  /** Why it failed: of the newest run only. */
  fault: fault.optional(),
});
export type DagRun = z.infer<typeof dagRun>;

export const airflowFrame = z.discriminatedUnion('status', [
  /** Nobody has looked yet. */
  z.object({ status: z.literal('asking') }),
  z.object({
    status: z.literal('away'),
    fault,
    /** Where a DAG's file cannot be loaded: what Python says of it. */
    trace: z.string().optional(),
  }),
  z.object({
    status: z.literal('ready'),
    /** Whether Airflow leaves the DAG alone, whatever its plan says. */
    isPaused: z.boolean(),
    /** When its plan starts it next, epoch ms. */
    nextRunAt: z.number().optional(),
    /** The newest ones first. */
    runs: z.array(dagRun),
    /** All there are. */
    total: z.number().int(),
  }),
]);
export type AirflowFrame = z.infer<typeof airflowFrame>;

export const dagRunLog = z.object({
  /** Empty while no task of the run has begun. */
  task: z.string(),
  lines: z.array(z.string()),
  /** Whether there are more lines before these. */
  isCut: z.boolean(),
});
export type DagRunLog = z.infer<typeof dagRunLog>;
