// The dead letters as a person sees them: each once, newest first, with what marks it as put back. Reads only.
import { deadLetterReason, letterHeaders, type DeadLetterReason } from '../../words/dead-letters.ts';
import type { DeadLetterView } from '../../words/messages.ts';
import { usersDeadLetterTopic } from '../../words/users.ts';
import { viewBytes } from '../browse/shown-bytes.ts';
import { headerText, type Broker, type Message } from '../kafka/broker.ts';
import { readTopic } from '../kafka/topic-reading.ts';

export type LetterReason = DeadLetterReason | 'unknown';

export interface LettersRead {
  letters: DeadLetterView[];
  /** Of all reasons. */
  total: number;
  byReason: { reason: LetterReason; count: number }[];
}

/** What a letter is: where its message lay. One that other hands put here without saying so is its own place. */
export function identityOf(message: Message): string {
  const place = placeOf(message);
  return place ? `${place.partition}/${place.offset}` : `dlq:${message.partition}/${message.offset}`;
}

/** When the marker says that its letter was put back; undefined for a letter. */
export function putBackAtOf({ headers }: Message): string | undefined {
  return headerText(headers, letterHeaders.putBackAt);
}

/**
 * The newest `limit` letters, of one reason where it is given. A letter is its source partition and offset, so a
 * second copy that a repeated reading left in the topic is none.
 */
export async function readLetters(
  broker: Broker,
  options: { limit: number; reason?: LetterReason | undefined; signal?: AbortSignal | undefined },
): Promise<LettersRead> {
  const { limit, reason: wanted, signal } = options;
  const topic = usersDeadLetterTopic;
  const identities = new Set<string>();
  const marks = new Map<string, string>();
  const counts = new Map<LetterReason, number>();
  let newest: Message[] = [];
  const ranges = await broker.ranges(topic);
  for await (const messages of readTopic(broker, { topic, ranges, ...(signal && { signal }) })) {
    for (const message of messages) {
      const identity = identityOf(message);
      const putBackAt = putBackAtOf(message);
      if (putBackAt !== undefined) {
        marks.set(identity, putBackAt);
        continue;
      }
      if (identities.has(identity)) continue;
      identities.add(identity);
      const reason = reasonOf(message);
      counts.set(reason, (counts.get(reason) ?? 0) + 1);
      if (wanted === undefined || wanted === reason) newest.push(message);
    }
    newest = newest.sort(byNewest).slice(0, limit);
  }
  return {
    letters: newest.map((message) => toLetterView(message, marks.get(identityOf(message)))),
    total: identities.size,
    byReason: [...counts]
      .map(([reason, count]) => ({ reason, count }))
      .sort((a, b) => b.count - a.count || a.reason.localeCompare(b.reason)),
  };
}

/** The letter of the message at `place`, looked for from `since` (epoch ms) on; undefined where there is none. */
export async function findLetter(
  broker: Broker,
  search: { partition: number; offset: number; since: number; signal: AbortSignal },
): Promise<DeadLetterView | undefined> {
  const topic = usersDeadLetterTopic;
  const { partition, offset, since, signal } = search;
  const starts = await broker.offsetsAt(topic, since);
  const ranges = (await broker.ranges(topic)).map((range) => ({
    ...range,
    low: starts.find((start) => start.partition === range.partition)?.offset ?? range.low,
  }));
  for await (const messages of readTopic(broker, { topic, ranges, signal })) {
    const letter = messages.find(
      (message) => identityOf(message) === `${partition}/${offset}` && putBackAtOf(message) === undefined,
    );
    if (letter) return toLetterView(letter, undefined);
  }
  return undefined;
}

function byNewest(a: Message, b: Message): number {
  return b.timestamp - a.timestamp || b.partition - a.partition || b.offset - a.offset;
}

function reasonOf({ headers }: Message): LetterReason {
  const reason = deadLetterReason.safeParse(headerText(headers, letterHeaders.reason));
  return reason.success ? reason.data : 'unknown';
}

function placeOf({ headers }: Message): { partition: number; offset: number } | undefined {
  const partition = Number(headerText(headers, letterHeaders.partition));
  const offset = Number(headerText(headers, letterHeaders.offset));
  return Number.isSafeInteger(partition) && Number.isSafeInteger(offset) ? { partition, offset } : undefined;
}

function toLetterView(message: Message, putBackAt: string | undefined): DeadLetterView {
  const { headers, key, value, timestamp } = message;
  const place = placeOf(message);
  const cutFrom = Number(headerText(headers, letterHeaders.cut));
  return {
    reason: reasonOf(message),
    sourcePartition: place?.partition ?? -1,
    sourceOffset: place?.offset ?? -1,
    refusedAt: headerText(headers, letterHeaders.refusedAt) ?? new Date(timestamp).toISOString(),
    ...(Number.isSafeInteger(cutFrom) && { cutFrom }),
    ...(putBackAt !== undefined && { putBackAt }),
    key: viewBytes(key),
    value: viewBytes(value),
  };
}
