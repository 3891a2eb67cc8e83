// Reads messages and dead letters for a person: bounded, filtered, with bytes made presentable.
import { deadLetterReason, letterHeaders } from '../words/dead-letters.ts';
import type { BytesView, DeadLetterView, MessageView, ReadFrom, ReadResult } from '../words/messages.ts';
import { headerText, type Broker, type Message, type PartitionRange } from './kafka/broker.ts';
import { readTopic } from './kafka/topic-reading.ts';

/** Of a large value a screen gets this much; its size is always said. */
const viewBytes = 64 * 1024;

function viewBytesOf(bytes: Buffer | null): BytesView | null {
  if (bytes === null) return null;
  const shown = bytes.subarray(0, viewBytes);
  try {
    // A cut may fall into a character: `stream` lets the rest of it go.
    const content = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(shown, {
      stream: shown.length < bytes.length,
    });
    return { encoding: 'text', content, size: bytes.length };
  } catch {
    return { encoding: 'base64', content: shown.toString('base64'), size: bytes.length };
  }
}

function toView(message: Message): MessageView {
  const headers = Object.entries(message.headers).flatMap(([name, value]) =>
    [value].flat().map((one) => ({ name, value: String(one ?? '') })),
  );
  const { partition, offset, timestamp } = message;
  return {
    partition,
    offset,
    timestamp,
    key: viewBytesOf(message.key),
    value: viewBytesOf(message.value),
    headers,
  };
}

function matches(message: Message, filter: string): boolean {
  if (filter === '') return true;
  const hasText = (bytes: Buffer | null): boolean => bytes?.toString('utf8').includes(filter) ?? false;
  return hasText(message.key) || hasText(message.value);
}

function byTime(a: Message, b: Message): number {
  return a.timestamp - b.timestamp || a.partition - b.partition || a.offset - b.offset;
}

function startOf(range: PartitionRange, from: ReadFrom, limit: number, isFiltered: boolean): number {
  switch (from.at) {
    case 'beginning':
      return range.low;
    case 'newest':
      // What matches a filter may lie anywhere before the end.
      return isFiltered ? range.low : Math.max(range.low, range.high - limit);
    case 'offset':
      return Math.min(Math.max(range.low, from.offset), range.high);
  }
}

/**
 * At most `limit` messages that match, in time's order: the first from where it begins, or the last for
 * `newest`. `scanned` of `total` were looked at, `matched` of them fitted the filter.
 */
export async function readMessages(
  broker: Broker,
  topic: string,
  options: { from: ReadFrom; limit: number; filter: string; signal?: AbortSignal },
): Promise<ReadResult> {
  const { from, limit, filter, signal } = options;
  const whole = await broker.ranges(topic);
  const ranges = whole.map((range) => ({ ...range, low: startOf(range, from, limit, filter !== '') }));
  const kept = new Map<number, Message[]>(ranges.map(({ partition }) => [partition, []]));
  const seen = new Map<number, number>();
  let scanned = 0;
  let matched = 0;
  const isFull = ({ partition, low, high }: PartitionRange): boolean =>
    (kept.get(partition)?.length ?? 0) >= limit || (seen.get(partition) ?? low) >= high;
  for await (const messages of readTopic(broker, { topic, ranges, ...(signal && { signal }) })) {
    for (const message of messages) {
      const mine = kept.get(message.partition) ?? [];
      seen.set(message.partition, message.offset + 1);
      if (from.at !== 'newest' && mine.length >= limit) continue;
      scanned += 1;
      if (!matches(message, filter)) continue;
      matched += 1;
      mine.push(message);
      if (mine.length > limit) mine.shift();
    }
    if (from.at !== 'newest' && ranges.every(isFull)) break;
  }
  const found = [...kept.values()].flat().sort(byTime);
  const total = whole.reduce((sum, { low, high }) => sum + high - low, 0);
  const shown = from.at === 'newest' ? found.slice(-limit) : found.slice(0, limit);
  return { messages: shown.map(toView), scanned, total, matched };
}

/**
 * The newest dead letters, each once: a letter is its source partition and offset, so a second copy that a
 * repeated reading left in the topic is none.
 */
export async function readDeadLetters(
  broker: Broker,
  topic: string,
  options: { limit: number; signal?: AbortSignal },
): Promise<{ letters: DeadLetterView[]; total: number }> {
  const { limit, signal } = options;
  const identities = new Set<string>();
  let newest: { message: Message; letter: DeadLetterView }[] = [];
  const ranges = await broker.ranges(topic);
  for await (const messages of readTopic(broker, { topic, ranges, ...(signal && { signal }) })) {
    for (const message of messages) {
      const letter = toLetterView(message);
      const identity = `${letter.sourcePartition}/${letter.sourceOffset}`;
      if (identities.has(identity)) continue;
      identities.add(identity);
      newest.push({ message, letter });
    }
    newest = newest.sort((a, b) => byTime(b.message, a.message)).slice(0, limit);
  }
  return { letters: newest.map(({ letter }) => letter), total: identities.size };
}

function toLetterView(message: Message): DeadLetterView {
  const { headers } = message;
  const cut = headerText(headers, letterHeaders.cut);
  const reason = deadLetterReason.safeParse(headerText(headers, letterHeaders.reason));
  return {
    reason: reason.success ? reason.data : 'unknown',
    sourcePartition: Number(headerText(headers, letterHeaders.partition) ?? -1),
    sourceOffset: Number(headerText(headers, letterHeaders.offset) ?? -1),
    refusedAt: headerText(headers, letterHeaders.refusedAt) ?? new Date(message.timestamp).toISOString(),
    ...(cut !== undefined && { cutFrom: Number(cut) }),
    key: viewBytesOf(message.key),
    value: viewBytesOf(message.value),
  };
}
