// What a watcher of the lab sees besides the runs: paces, times on the way, five minutes of history, what was done.
import { z } from 'zod';
import { fault } from './fault.ts';

/** Records a second, over the last second. */
export const rates = z.object({
  produced: z.number(),
  read: z.number(),
  written: z.number(),
  deadLetters: z.number(),
});
export type Rates = z.infer<typeof rates>;

/** From `sentAt` to the acknowledged row, over the last second; absent while nothing is written. */
export const latency = z.object({ p50Ms: z.number(), p95Ms: z.number() });
export type Latency = z.infer<typeof latency>;

/** One second of the lab's history. */
export const metricPoint = z.object({
  /** Epoch ms. */
  at: z.number(),
  produced: z.number(),
  written: z.number(),
  deadLetters: z.number(),
  /** Messages that waited in the topic; absent where nobody asked the broker. */
  lag: z.number().optional(),
  latency: latency.optional(),
});
export type MetricPoint = z.infer<typeof metricPoint>;

/** What a person can set off. Each has its words in `sentences/`. */
export const actions = [
  'stack.start',
  'stack.stop',
  'stack.reset',
  'services.restart',
  'services.stop',
  'producer.start',
  'producer.stop',
  'consumer.start',
  'consumer.stop',
  'messages.produce',
  'deadLetters.putBack',
  'cql.execute',
  'export.start',
  'export.cancel',
  'schemas.register',
  'airflow.trigger',
  'airflow.stop',
  'airflow.setPaused',
  'weather.start',
  'weather.runNow',
  'weather.stop',
  'weather.export.start',
  'weather.export.cancel',
  'settings.save',
  'diagnostics.save',
] as const;
export const action = z.enum(actions);
export type Action = z.infer<typeof action>;

/** One thing that was done, by whichever client. */
export const activity = z.object({
  id: z.number().int(),
  action,
  /** Epoch ms. */
  startedAt: z.number(),
  endedAt: z.number().optional(),
  status: z.enum(['running', 'done', 'failed', 'cancelled']),
  /** What it was done with, in no language: a mode, a rate, a file. */
  detail: z.string(),
  /** The command that does the same in a terminal, where there is one. */
  command: z.string().optional(),
  fault: fault.optional(),
});
export type Activity = z.infer<typeof activity>;
