// The part of the contract about records on their way: producer, consumer, the sum, messages, letters, one record followed.
import { z } from 'zod';
import {
  browseFilter,
  browseFrame,
  browseFrom,
  followFrame,
  handMadeKind,
  labTopic,
  messagePlace,
  topicView,
} from '../words/browse.ts';
import { deadLetterReason } from '../words/dead-letters.ts';
import { latency, metricPoint, rates } from '../words/lab.ts';
import { deadLetterView, messageView, readFrom, readResult } from '../words/messages.ts';
import {
  consumerFrame,
  consumerMode,
  processor,
  producerFrame,
  sourceName,
  topicSum,
} from '../words/runs.ts';
import { rateMax, timerMaxMs } from './limits.ts';
import { after, framed, limit, procedure, session } from './procedure.ts';

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

/** What is seen of both runs, ten times a second at most. The sum is absent while no stack answers. */
export const runsFrame = z.object({
  producer: producerFrame.optional(),
  consumer: consumerFrame.optional(),
  sum: topicSum.optional(),
  rates: rates.optional(),
  latency: latency.optional(),
});
export type RunsFrame = z.infer<typeof runsFrame>;

/** A letter is its source partition and offset. */
const mended = z.object({ value: z.string().max(1_048_576) });

export const recordsContract = {
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
    start: procedure
      .input(z.object({ mode: consumerMode, processor: processor.default('builtin') }))
      .output(z.void()),
    /** Resolves when everything acknowledged is safe and committed. */
    stop: procedure.output(z.void()),
    /** Whether every message that is in the topic now has become a row or a dead letter, safely and for good. */
    isCaughtUp: procedure.output(z.boolean()),
  },
  runs: {
    next: procedure.input(after).output(framed(runsFrame)),
  },
  metrics: {
    /** Seconds of history behind the one numbered `after`, `historySeconds` at most. */
    next: procedure.input(after).output(framed(z.object({ points: z.array(metricPoint) }))),
  },
  messages: {
    read: procedure
      .input(
        z.object({
          from: readFrom.default({ at: 'newest' }),
          limit: limit.default(20),
          filter: z.string().default(''),
        }),
      )
      .output(readResult),
    topics: procedure.output(z.array(topicView)),
    /** Begins a session. */
    open: procedure
      .input(z.object({ topic: labTopic, from: browseFrom, filter: browseFilter.prefault({}) }))
      .output(session),
    /** `after` is the `seq` of the last match seen; `version` that of the last one in this frame. */
    next: procedure.input(session.extend(after.shape)).output(framed(browseFrame)),
    /** Goes on where a full session rests. */
    resume: procedure.input(session).output(z.void()),
    close: procedure.input(session).output(z.void()),
    /** One message, whole up to 1 MiB; rejects with `MESSAGE_GONE`. */
    get: procedure.input(messagePlace.extend({ topic: labTopic })).output(messageView),
    /** Sends one message by hand. */
    produce: procedure.input(z.object({ kind: handMadeKind })).output(messagePlace),
  },
  follow: {
    /** From a message to its row at once; from a row to its message by looking through its partition. */
    open: procedure
      .input(
        z.discriminatedUnion('by', [
          messagePlace.extend({ by: z.literal('message') }),
          z.object({ by: z.literal('row'), id: z.string().min(1).max(65_535) }),
        ]),
      )
      .output(session),
    next: procedure.input(session.extend(after.shape)).output(framed(followFrame)),
    close: procedure.input(session).output(z.void()),
  },
  deadLetters: {
    /** The newest letters, each once, however often its message was read; of one reason where it is given. */
    read: procedure
      .input(
        z.object({ limit: limit.default(20), reason: deadLetterReason.or(z.literal('unknown')).optional() }),
      )
      .output(
        z.object({
          letters: z.array(deadLetterView),
          total: z.number().int(),
          byReason: z.array(
            z.object({ reason: deadLetterReason.or(z.literal('unknown')), count: z.number().int() }),
          ),
        }),
      ),
    /** What would become of this value in the topic: a row, or a letter for this reason. */
    judge: procedure
      .input(mended)
      .output(z.object({ reason: deadLetterReason.optional(), field: z.string().optional() })),
    /** Sends a mended letter into the topic, once; rejects with `LETTER_GONE` or `LETTER_PUT_BACK`. */
    putBack: procedure.input(messagePlace.extend(mended.shape)).output(z.void()),
  },
};
