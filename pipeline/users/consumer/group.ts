// The consumer and its group: how it comes to be in it, alone, and what it owes to the other members.
import { setTimeout as delay } from 'node:timers/promises';
import { RiachoError } from '../../../words/errors.ts';
import type { ConsumerMode } from '../../../words/runs.ts';
import { usersGroup, usersTopic } from '../../../words/users.ts';
import {
  sessionTimeoutMs,
  type Broker,
  type GroupPosition,
  type MessageBatch,
  type PartitionRange,
} from '../../kafka/broker.ts';
import { beginning, encodeMetadata, end, type Position } from './position.ts';

const beatEveryMs = 250;

/**
 * Resolves once nobody is in the group. A consumer that was killed stays a member until its session runs out,
 * so a member is only called alive (`GROUP_BUSY`) when it is there for longer than that.
 */
export async function awaitFreeGroup(broker: Broker, group: string, signal?: AbortSignal): Promise<void> {
  const deadline = performance.now() + sessionTimeoutMs + 2_000;
  while ((await broker.members(group)) > 0) {
    if (performance.now() > deadline) throw new RiachoError('GROUP_BUSY', { group });
    await delay(200, undefined, { signal });
  }
}

/**
 * The positions to commit before anything is read: `initial` starts every partition at its beginning, with
 * nothing counted; `append` goes on where the group stands, and at the end where it stands nowhere.
 */
export function startPositions(
  mode: ConsumerMode,
  ranges: readonly PartitionRange[],
  committed: readonly GroupPosition[],
): GroupPosition[] {
  const known = new Set(committed.map(({ partition }) => partition));
  const at = (range: PartitionRange, { offset, counters }: Position): GroupPosition => ({
    partition: range.partition,
    offset,
    metadata: encodeMetadata(counters),
  });
  return mode === 'initial'
    ? ranges.map((range) => at(range, beginning(range)))
    : ranges.filter(({ partition }) => !known.has(partition)).map((range) => at(range, end(range)));
}

/** Whether other members of the group have committed all of these partitions. */
export async function areDoneByOthers(broker: Broker, ranges: readonly PartitionRange[]): Promise<boolean> {
  if (ranges.length === 0) return true;
  const committed = await broker.positions(usersGroup, usersTopic);
  return ranges.every(({ partition, high }) =>
    committed.some((position) => position.partition === partition && position.offset >= high),
  );
}

/** Waits, as long as a server stays away perhaps; the group hears meanwhile that this member lives. */
export async function beatingUntil(work: Promise<void>, batch: MessageBatch): Promise<void> {
  const over = work.then(() => true);
  while (!(await Promise.race([over, delay(beatEveryMs, false)])) && !batch.isStale())
    await batch.heartbeat();
}
