// Why a message could not become a row (a closed list), and the headers a dead letter carries.
import { z } from 'zod';

/**
 * In the order in which they are looked for: the whole value first, then the 12 fields in column order,
 * each for presence, kind and text, then the id's size and the e-mail rule, at last the table's own refusal.
 */
export const deadLetterReasons = [
  'null-value',
  'empty-value',
  'not-utf8',
  'not-json',
  'not-object',
  'missing-field',
  'null-field',
  'list-field',
  'object-field',
  'unsafe-number',
  'ill-formed-text',
  'empty-id',
  'id-too-long',
  'bad-email',
  'refused-by-table',
] as const;

export const deadLetterReason = z.enum(deadLetterReasons);
export type DeadLetterReason = z.infer<typeof deadLetterReason>;

/** Headers that Riacho adds to a dead letter; the original's own headers stand beside them. */
export const letterHeaders = {
  reason: 'riacho-reason',
  topic: 'riacho-source-topic',
  partition: 'riacho-source-partition',
  offset: 'riacho-source-offset',
  refusedAt: 'riacho-refused-at',
  /** Set only on a letter the broker would not take whole: the original size in bytes. */
  cut: 'riacho-cut',
  /** Stands on a later message of the same identity, which marks the letter as put back into the topic. */
  putBackAt: 'riacho-put-back-at',
} as const;
