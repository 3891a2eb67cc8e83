// The app's one API: every host serves it, every client calls it, whatever carries it.
// Nothing is pushed: `next` is a long poll that answers at once when there is something newer than `after`.
import { oc } from '@orpc/contract';
import { z } from 'zod';
import { errorCodes, errorParams, type ErrorCode } from '../words/errors.ts';
import { deadLetterView, exportFrame, finding, readFrom, readResult, tablePage } from '../words/messages.ts';
import { consumerFrame, consumerMode, producerFrame, sourceName, topicSum } from '../words/runs.ts';
import { stackStatus } from '../words/stack.ts';
import { userColumns } from '../words/users.ts';

/** Each code of `words/errors.ts`, with the parameters of its sentence as data. */
const errors = Object.fromEntries(errorCodes.map((code) => [code, { data: errorParams }])) as Record<
  ErrorCode,
  { data: typeof errorParams }
>;
const procedure = oc.errors(errors);

/** `after` is the version of the last frame seen; 0 asks for what is known now. */
const after = z.object({ after: z.number().int().nonnegative() });
const framed = <T extends z.ZodType>(frame: T) =>
  z.object({ version: z.number().int(), frame, skipped: z.number().int() });

/** The live API allows 20,000 users in 5 minutes and address: 66 a second. Source: randomuser.me/documentation. */
export const liveRateMax = 60;

/** The longest time that a timer keeps, some 24 days: beyond it, it fires at once. */
export const timerMaxMs = 2 ** 31 - 1;

/** Records a second beyond which only `max` makes sense. */
export const rateMax = 1_000_000;
/** The most messages, letters or rows that one answer holds. */
export const limitMax = 1_000;

export const producerInput = z
  .object({
    source: sourceName.default('auto'),
    /** Another address that answers as randomuser.me does. */
    url: z.url({ protocol: /^https?$/ }).optional(),
    replayFile: z.string().min(1).optional(),
    rate: z.union([z.number().positive().max(rateMax), z.literal('max')]).default(10),
    /** Milliseconds; without it and without `count` until stopped. */
    forMs: z.number().int().positive().max(timerMaxMs).optional(),
    count: z.number().int().positive().optional(),
    faultyPercent: z.number().min(0).max(100).default(0),
    /** Makes generated users repeatable. */
    seed: z.number().int().optional(),
  })
  .refine(({ source, replayFile }) => source !== 'replay' || replayFile !== undefined, {
    path: ['replayFile'],
  });
export type ProducerInput = z.input<typeof producerInput>;

export const exportInput = z.object({
  file: z.string().min(1),
  columns: z.array(z.enum(userColumns)).min(1).optional(),
  separator: z.string().length(1).default(','),
  bom: z.boolean().default(false),
  raw: z.boolean().default(false),
});
export type ExportInput = z.input<typeof exportInput>;

export const contract = {
  stack: {
    /** Resolves when every service is healthy. `leaveRunning`: it outlives the app that started it. */
    start: procedure.input(z.object({ leaveRunning: z.boolean().default(false) })).output(stackStatus),
    stop: procedure.output(z.void()),
    reset: procedure.output(z.void()),
    status: procedure.output(stackStatus),
    next: procedure.input(after).output(framed(stackStatus)),
  },
  topic: {
    /** The sum that must hold, for the lab's topic and group. */
    sum: procedure.output(topicSum),
  },
  producer: {
    start: procedure.input(producerInput).output(z.void()),
    stop: procedure.output(z.void()),
  },
  consumer: {
    /** Resolves when the positions of its mode are committed: what is produced from then on is seen. */
    start: procedure.input(z.object({ mode: consumerMode })).output(z.void()),
    /** Resolves when everything acknowledged is safe and committed. */
    stop: procedure.output(z.void()),
    /** Whether every message that is in the topic now has become a row or a dead letter, safely and for good. */
    isCaughtUp: procedure.output(z.boolean()),
  },
  runs: {
    next: procedure
      .input(after)
      .output(framed(z.object({ producer: producerFrame.optional(), consumer: consumerFrame.optional() }))),
  },
  messages: {
    read: procedure
      .input(
        z.object({
          from: readFrom.default({ at: 'newest' }),
          limit: z.number().int().min(1).max(limitMax).default(20),
          filter: z.string().default(''),
        }),
      )
      .output(readResult),
  },
  deadLetters: {
    /** The newest letters, each once, however often its message was read. */
    read: procedure
      .input(z.object({ limit: z.number().int().min(1).max(limitMax).default(20) }))
      .output(z.object({ letters: z.array(deadLetterView), total: z.number().int() })),
  },
  rows: {
    read: procedure
      .input(
        z.object({ limit: z.number().int().min(1).max(limitMax).default(20), page: z.string().optional() }),
      )
      .output(tablePage),
    find: procedure.input(z.object({ id: z.string() })).output(tablePage),
    count: procedure.output(z.number().int()),
  },
  cql: {
    execute: procedure
      .input(
        z.object({ statement: z.string().min(1), limit: z.number().int().min(1).max(limitMax).default(100) }),
      )
      .output(tablePage),
  },
  export: {
    start: procedure.input(exportInput).output(z.void()),
    next: procedure.input(after).output(framed(exportFrame)),
    cancel: procedure.output(z.void()),
  },
  doctor: {
    check: procedure.output(z.array(finding)),
  },
};
