// Reading a topic as a person does: sessions that are pulled, one message opened, one record followed.
import { z } from 'zod';
import { deadLetterReason } from './dead-letters.ts';
import { fault } from './fault.ts';
import { spoilKind, originName } from './runs.ts';
import { userColumns, usersDeadLetterTopic, usersTopic } from './users.ts';

/** The topics of the lab. */
export const labTopic = z.enum([usersTopic, usersDeadLetterTopic]);
export type LabTopic = z.infer<typeof labTopic>;

export const topicView = z.object({
  name: labTopic,
  partitions: z.number().int(),
  messages: z.number().int(),
});
export type TopicView = z.infer<typeof topicView>;

/** Where a session begins. `newest` brings the last ones there are; `live` what comes from now on. */
export const browseFrom = z.discriminatedUnion('at', [
  z.object({ at: z.literal('newest') }),
  z.object({ at: z.literal('beginning') }),
  z.object({ at: z.literal('offset'), offset: z.number().int().nonnegative() }),
  /** Epoch ms: the first message of each partition that is not older. */
  z.object({ at: z.literal('time'), time: z.number().int().nonnegative() }),
  z.object({ at: z.literal('live') }),
]);
export type BrowseFrom = z.infer<typeof browseFrom>;

/** Fields by which messages can be filtered: those of the record, and what Kafka adds. */
export const filterFields = [...userColumns, 'key', 'header'] as const;

/** Text that must occur, letter case aside: anywhere in key, value or headers, or in one field only. */
export const browseFilter = z.object({
  text: z.string().max(1_000).default(''),
  field: z.enum(filterFields).optional(),
});
export type BrowseFilter = z.infer<typeof browseFilter>;

/** A message in a list: enough to recognise it. Opening it reads it whole. */
export const messageRow = z.object({
  /** Counts the matches of a session, from 1. */
  seq: z.number().int(),
  partition: z.number().int(),
  offset: z.number().int(),
  /** Epoch ms. */
  timestamp: z.number(),
  key: z.string().nullable(),
  /** The value's beginning as text, or as hex digits where it is not UTF-8; null for no value. */
  preview: z.string().nullable(),
  isText: z.boolean(),
  /** Of JSON in a Schema Registry's wire format; `preview` is that JSON. */
  schemaId: z.number().int().optional(),
  /** Bytes of the value. */
  size: z.number().int(),
});
export type MessageRow = z.infer<typeof messageRow>;

/** Matches a session hands out before it rests, and the most a client keeps. */
export const sessionRows = 10_000;
/** Matches in one frame. */
export const frameRows = 500;

export const browseState = z.discriminatedUnion('status', [
  z.object({ status: z.literal('opening') }),
  z.object({ status: z.literal('reading') }),
  z.object({ status: z.literal('live') }),
  /** Rests: `sessionRows` matches were handed out; `messages.resume` goes on. */
  z.object({ status: z.literal('full') }),
  z.object({ status: z.literal('done') }),
  z.object({ status: z.literal('failed'), fault }),
]);
export type BrowseState = z.infer<typeof browseState>;

/** What a session has to say: how far it got, and the matches behind `after`. */
export const browseFrame = z.object({
  state: browseState,
  scanned: z.number().int(),
  total: z.number().int(),
  matched: z.number().int(),
  messages: z.array(messageRow).max(frameRows),
});
export type BrowseFrame = z.infer<typeof browseFrame>;

/** Messages a person can send by hand: a good one, and ways in which other people's messages are bad. */
export const handMadeKinds = [
  'good',
  'no-email',
  'bad-email',
  'missing-field',
  'number-field',
  'not-json',
  'empty',
  'one-megabyte',
] as const;
export const handMadeKind = z.enum(handMadeKinds);
export type HandMadeKind = z.infer<typeof handMadeKind>;

/** Where a message lies. */
export const messagePlace = z.object({
  partition: z.number().int().nonnegative(),
  offset: z.number().int().nonnegative(),
});
export type MessagePlace = z.infer<typeof messagePlace>;

/** What became of a message. `no-row`: it was read, but no row bears its id (skipped by `append`, or removed since). */
export const recordFate = z.discriminatedUnion('status', [
  z.object({ status: z.literal('waiting') }),
  z.object({ status: z.literal('written'), writtenAt: z.number() }),
  z.object({ status: z.literal('dead-letter'), reason: deadLetterReason, refusedAt: z.number().optional() }),
  z.object({ status: z.literal('no-row') }),
]);
export type RecordFate = z.infer<typeof recordFate>;

/** One record's way. Times in epoch ms; without a trace header nobody knows when it was fetched. */
export const followedRecord = z.object({
  partition: z.number().int(),
  offset: z.number().int(),
  key: z.string().nullable(),
  fetchedAt: z.number().optional(),
  sentAt: z.number().optional(),
  source: originName.optional(),
  spoiled: spoilKind.optional(),
  /** Kafka's own timestamp. */
  inTopicAt: z.number(),
  fate: recordFate,
  /** The row as it is in the table now. */
  row: z.record(z.string(), z.string()).optional(),
});
export type FollowedRecord = z.infer<typeof followedRecord>;

/** `gone`: every message of the topic was looked at, and none is this row's any more. */
export const followFrame = z.object({
  status: z.enum(['scanning', 'found', 'gone', 'failed']),
  scanned: z.number().int(),
  total: z.number().int(),
  record: followedRecord.optional(),
  fault: fault.optional(),
});
export type FollowFrame = z.infer<typeof followFrame>;
