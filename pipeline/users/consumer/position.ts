// Where a group stands in a partition, with the counters that travel in the commit's metadata. Pure.
import { z } from 'zod';
import type { TopicSum } from '../../../words/runs.ts';
import type { GroupPosition, PartitionRange } from '../../kafka/broker.ts';

/**
 * What became of the offsets from `origin` on. They are committed together with the offset, as its metadata,
 * so that both are always equally old. Each is counted; none is computed from the others.
 */
export interface Counters {
  /** The offset from which counting began: the partition's first at that time. */
  origin: number;
  skipped: number;
  written: number;
  deadLetters: number;
}

/** Every offset below `offset` is accounted for in `counters`. */
export interface Position {
  offset: number;
  counters: Counters;
}

const count = z.number().int().nonnegative();
const metadataShape = z.object({
  v: z.literal(1),
  origin: count,
  skipped: count,
  written: count,
  deadLetters: count,
});

/** The metadata that goes with a committed offset; well below Kafka's 4,096 characters. */
export function encodeMetadata(counters: Counters): string {
  const { origin, skipped, written, deadLetters } = counters;
  return JSON.stringify({ v: 1, origin, skipped, written, deadLetters });
}

function parseMetadata(text: string): Counters | undefined {
  try {
    const { origin, skipped, written, deadLetters } = metadataShape.parse(JSON.parse(text));
    return { origin, skipped, written, deadLetters };
  } catch {
    return undefined;
  }
}

/**
 * What a commit says, read back. Without readable metadata (another tool set the offset) nothing is known but
 * the offset: all before it counts as skipped. Without a commit the group stands at the beginning.
 */
export function toPosition(committed: GroupPosition | undefined, range: PartitionRange): Position {
  const nothing = { origin: range.low, skipped: 0, written: 0, deadLetters: 0 };
  if (!committed) return { offset: range.low, counters: nothing };
  const counters = parseMetadata(committed.metadata) ?? {
    ...nothing,
    origin: Math.min(range.low, committed.offset),
    skipped: Math.max(0, committed.offset - range.low),
  };
  return { offset: committed.offset, counters };
}

/** Where a group stands in each partition, by what it committed. */
export function positionsOf(
  ranges: readonly PartitionRange[],
  committed: readonly GroupPosition[],
): Map<number, Position> {
  const known = new Map(committed.map((position) => [position.partition, position]));
  return new Map(ranges.map((range) => [range.partition, toPosition(known.get(range.partition), range)]));
}

/** A position at the very beginning, with nothing counted. */
export function beginning(range: PartitionRange): Position {
  return toPosition(undefined, range);
}

/** A position behind everything that is there now, all of it skipped. */
export function end(range: PartitionRange): Position {
  return {
    offset: range.high,
    counters: { origin: range.low, skipped: range.high - range.low, written: 0, deadLetters: 0 },
  };
}

/** The sum over all partitions. It holds by counting, not by construction: see `sumHolds`. */
export function sumOf(ranges: readonly PartitionRange[], positions: ReadonlyMap<number, Position>): TopicSum {
  const sum: TopicSum = { inTopic: 0, skipped: 0, written: 0, deadLetters: 0, waiting: 0 };
  for (const range of ranges) {
    const { offset, counters } = positions.get(range.partition) ?? beginning(range);
    // A position may be read a moment after the range it stands in: it is then the newer truth.
    const high = Math.max(range.high, offset);
    sum.inTopic += high - counters.origin;
    sum.skipped += counters.skipped;
    sum.written += counters.written;
    sum.deadLetters += counters.deadLetters;
    sum.waiting += high - offset;
  }
  return sum;
}
