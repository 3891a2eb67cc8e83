// Reads a bounded number of messages at one go, for who does not stay to watch.
import type { ReadFrom, ReadResult } from '../../words/messages.ts';
import type { Broker, Message, PartitionRange } from '../kafka/broker.ts';
import { readTopic } from '../kafka/topic-reading.ts';
import { createFilter } from './filter.ts';
import { toView } from './shown-bytes.ts';
import { inTimeOrder } from './time-order.ts';

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
  const matches = createFilter({ text: filter });
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
      if (!matches(message)) continue;
      matched += 1;
      mine.push(message);
      if (mine.length > limit) mine.shift();
    }
    if (from.at !== 'newest' && ranges.every(isFull)) break;
  }
  const found = inTimeOrder([...kept.values()].flat());
  const total = whole.reduce((sum, { low, high }) => sum + high - low, 0);
  const shown = from.at === 'newest' ? found.slice(-limit) : found.slice(0, limit);
  return { messages: shown.map((message) => toView(message)), scanned, total, matched };
}
