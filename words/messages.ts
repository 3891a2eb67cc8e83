// Messages, dead letters and tables as a client sees them: bytes made presentable, nothing hidden.
import { z } from 'zod';
import { deadLetterReason } from './dead-letters.ts';
import { fault } from './fault.ts';

/** Bytes for a screen: as text where they are UTF-8, else in base64. `size` is that of the original. */
export const bytesView = z.object({
  encoding: z.enum(['text', 'base64']),
  content: z.string(),
  size: z.number().int(),
  /**
   * The schema that it names, where it is JSON in a Schema Registry's wire format. `content` is that JSON: a zero and the
   * id, in four bytes, stand before it.
   */
  schemaId: z.number().int().optional(),
});
export type BytesView = z.infer<typeof bytesView>;

export const messageView = z.object({
  partition: z.number().int(),
  offset: z.number().int(),
  /** Epoch ms. */
  timestamp: z.number(),
  key: bytesView.nullable(),
  value: bytesView.nullable(),
  headers: z.array(z.object({ name: z.string(), value: z.string(), encoding: bytesView.shape.encoding })),
});
export type MessageView = z.infer<typeof messageView>;

/** Where to begin reading. `newest` reads the last ones there are. */
export const readFrom = z.union([
  z.object({ at: z.literal('beginning') }),
  z.object({ at: z.literal('newest') }),
  z.object({ at: z.literal('offset'), offset: z.number().int().nonnegative() }),
]);
export type ReadFrom = z.infer<typeof readFrom>;

/** What a bounded reading brought, and how much of the topic it looked at. */
export const readResult = z.object({
  messages: z.array(messageView),
  scanned: z.number().int(),
  total: z.number().int(),
  matched: z.number().int(),
});
export type ReadResult = z.infer<typeof readResult>;

/** A refused message and where it came from; its identity is its source partition and offset. */
export const deadLetterView = z.object({
  reason: deadLetterReason.or(z.literal('unknown')),
  sourcePartition: z.number().int(),
  sourceOffset: z.number().int(),
  /** ISO 8601. */
  refusedAt: z.string(),
  /** The original's size in bytes where the broker took only a part of it. */
  cutFrom: z.number().int().optional(),
  /** ISO 8601: when it was put back into the topic, which happens once. */
  putBackAt: z.string().optional(),
  key: bytesView.nullable(),
  value: bytesView.nullable(),
});
export type DeadLetterView = z.infer<typeof deadLetterView>;

/** A page of a table, every cell as text. */
export const tablePage = z.object({
  columns: z.array(z.string()),
  rows: z.array(z.record(z.string(), z.string().nullable())),
  next: z.string().optional(),
});
export type TablePage = z.infer<typeof tablePage>;

/** An export under way or ended. */
export const exportFrame = z.object({
  status: z.enum(['none', 'running', 'done', 'cancelled', 'failed']),
  rows: z.number().int(),
  bytes: z.number().int(),
  /** About how many rows there will be; absent until it is known. */
  expectedRows: z.number().int().optional(),
  file: z.string(),
  /** Epoch ms: tells an export from one before it that ended alike. */
  startedAt: z.number().optional(),
  fault: fault.optional(),
});
export type ExportFrame = z.infer<typeof exportFrame>;

/** One thing the doctor looked at. `fault` says what is missing; a finding without one is well. */
export const findings = [
  'node',
  'java',
  'maven',
  'jars',
  'docker',
  'memory',
  'disk',
  'data-folder',
  'ports',
  'stack',
] as const;
export const finding = z.object({
  name: z.enum(findings),
  /** A version, a path, an amount: what was found, in no language. */
  detail: z.string(),
  fault: fault.optional(),
});
export type Finding = z.infer<typeof finding>;
