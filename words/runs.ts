// Sources, modes, runs and the sum: the vocabulary of records on their way.
import { z } from 'zod';
import { fault } from './fault.ts';

export const sourceName = z.enum(['auto', 'randomuser', 'offline', 'replay']);
export type SourceName = z.infer<typeof sourceName>;

/** Where records really come from, once `auto` has decided. */
export const originName = z.enum(['randomuser', 'offline', 'replay']);
export type OriginName = z.infer<typeof originName>;

export const consumerMode = z.enum(['initial', 'append']);
export type ConsumerMode = z.infer<typeof consumerMode>;

/** How a spoiled record was spoiled; stands in its trace header. */
export const spoilKinds = [
  'no-email',
  'bad-email',
  'not-json',
  'missing-field',
  'null-field',
  'not-utf8',
] as const;
export const spoilKind = z.enum(spoilKinds);
export type SpoilKind = z.infer<typeof spoilKind>;

/** Who consumes: the app itself, or Spark Structured Streaming on a Spark cluster. */
export const processor = z.enum(['builtin', 'spark']);
export type Processor = z.infer<typeof processor>;

export const traceHeader = 'riacho-trace';

/** The value of the `riacho-trace` header, as JSON. Times in epoch ms. */
export const trace = z.object({
  v: z.literal(1),
  fetchedAt: z.number().int(),
  sentAt: z.number().int(),
  source: originName,
  spoiled: spoilKind.optional(),
});
export type Trace = z.infer<typeof trace>;

/** The sum that must hold, in offsets: `inTopic = skipped + written + deadLetters + waiting`. */
export const topicSum = z.object({
  inTopic: z.number().int(),
  skipped: z.number().int(),
  written: z.number().int(),
  deadLetters: z.number().int(),
  waiting: z.number().int(),
});
export type TopicSum = z.infer<typeof topicSum>;

/** Whether every offset of the topic is accounted for exactly once. */
export function sumHolds(sum: TopicSum): boolean {
  return sum.inTopic === sum.skipped + sum.written + sum.deadLetters + sum.waiting;
}

/** What a run waits for when it cannot go on; it goes on by itself when that is back. */
export const waitingFor = z.enum(['source', 'kafka', 'cassandra', 'group', 'spark', 'executors']);
export type WaitingFor = z.infer<typeof waitingFor>;

export const runState = z.discriminatedUnion('status', [
  z.object({ status: z.literal('starting') }),
  z.object({ status: z.literal('running') }),
  z.object({ status: z.literal('waiting'), for: waitingFor, fault: fault.optional() }),
  z.object({ status: z.literal('stopping') }),
  z.object({ status: z.literal('done') }),
  z.object({ status: z.literal('failed'), fault }),
]);
export type RunState = z.infer<typeof runState>;

export const producerFrame = z.object({
  state: runState,
  /** Messages the broker acknowledged. */
  produced: z.number().int(),
  /** Of these, spoiled on purpose. */
  spoiled: z.number().int(),
  /** Where the records come from; absent until the first answer. */
  origin: originName.optional(),
  /** Why `auto` went on with `offline`, where it did. */
  fellBack: fault.optional(),
  startedAt: z.number(),
  /** When it is to end by itself, where it was given a time. */
  endsAt: z.number().optional(),
  endedAt: z.number().optional(),
});
export type ProducerFrame = z.infer<typeof producerFrame>;

/** What the Spark job is doing before it runs. */
export const sparkStep = z.discriminatedUnion('kind', [
  /** Its driver starts. */
  z.object({ kind: z.literal('launching') }),
  /** Jars that are there; they are fetched once. */
  z.object({ kind: z.literal('jars'), done: z.number().int(), total: z.number().int() }),
  /** The driver connects to the cluster and gets executors. */
  z.object({ kind: z.literal('connecting') }),
]);
export type SparkStep = z.infer<typeof sparkStep>;

/** One batch of the Spark job: its counters jump with each. */
export const sparkBatch = z.object({
  written: z.number().int(),
  deadLetters: z.number().int(),
  ms: z.number().int(),
  /** Epoch ms of its end. */
  at: z.number(),
});
export type SparkBatch = z.infer<typeof sparkBatch>;

export const consumerFrame = z.object({
  state: runState,
  mode: consumerMode,
  processor,
  /** Of Spark only, while it starts. */
  step: sparkStep.optional(),
  /** Of Spark only: the last batch of this run. */
  batch: sparkBatch.optional(),
  /** Of this run; may go back when rows that were not yet safe are written again. */
  written: z.number().int(),
  deadLetters: z.number().int(),
  skipped: z.number().int(),
  /** Messages in the assigned partitions not yet decided; absent until partitions are assigned. */
  waiting: z.number().int().optional(),
  /** Times the run went back to its last commit because a node was lost. */
  rewinds: z.number().int(),
  /** Offsets that were gone from the topic before they could be read. */
  lost: z.number().int(),
  startedAt: z.number(),
  endedAt: z.number().optional(),
});
export type ConsumerFrame = z.infer<typeof consumerFrame>;
