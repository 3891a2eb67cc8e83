// The lines that the Spark job and its fetching of jars print, as docs/spark.md has them. Decides nothing by them.
import { z } from 'zod';

const count = z.number().int().nonnegative();
const at = { at: z.number() };

/** Every offset of a partition from `origin` up to `offset` is one of the three. */
const partitionTotals = z.object({
  origin: count,
  offset: count,
  skipped: count,
  written: count,
  deadLetters: count,
});

/** What was counted since `initial`, or the first `append`; by the partition's number. */
export const jobTotals = z.object({
  topicId: z.string().nullable(),
  batch: z.number().int(),
  partitions: z.record(z.string().regex(/^\d+$/), partitionTotals),
  skipped: count,
  written: count,
  deadLetters: count,
});
export type JobTotals = z.infer<typeof jobTotals>;

export const jobEvent = z.discriminatedUnion('event', [
  z.object({ event: z.literal('jar'), done: count, of: count, jar: z.string() }),
  z.object({ event: z.literal('starting'), ...at, mode: z.string(), spark: z.string(), totals: jobTotals }),
  z.object({
    event: z.literal('running'),
    ...at,
    mode: z.string(),
    /** As they were when this run began. */
    before: jobTotals,
    totals: jobTotals,
  }),
  z.object({
    event: z.literal('waiting'),
    ...at,
    for: z.enum(['kafka', 'cassandra', 'executors']),
    said: z.string().optional(),
  }),
  z.object({
    event: z.literal('batch'),
    ...at,
    batch: count,
    /** Where each partition began and ended in it. */
    offsets: z.record(z.string(), z.tuple([count, count])),
    skipped: count,
    written: count,
    deadLetters: count,
    ms: count,
    totals: jobTotals,
  }),
  z.object({ event: z.literal('stopped'), ...at, totals: jobTotals }),
  z.object({
    event: z.literal('failed'),
    reason: z.string(),
    said: z.string(),
    jar: z.string().optional(),
    repository: z.string().optional(),
  }),
]);
export type JobEvent = z.infer<typeof jobEvent>;

/** Undefined for whatever is no such line. */
export function parseJobEvent(line: string): JobEvent | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return jobEvent.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
