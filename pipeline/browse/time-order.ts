// The order in which messages of several partitions are shown: by time, and never against a partition's own order.
interface Placed {
  partition: number;
  timestamp: number;
}

/**
 * Merges by timestamp what stands in offset order per partition. Within a partition that order stays, whatever
 * times its producers wrote.
 */
export function inTimeOrder<T extends Placed>(messages: readonly T[]): T[] {
  const queues = [...Map.groupBy(messages, ({ partition }) => partition).values()].map((queue) => ({
    queue,
    next: 0,
  }));
  const merged: T[] = [];
  while (merged.length < messages.length) {
    let first: { queue: T[]; next: number } | undefined;
    for (const one of queues) {
      const [at, best] = [one.queue[one.next], first?.queue[first.next]];
      if (at && (!best || at.timestamp < best.timestamp)) first = one;
    }
    const message = first?.queue[first.next];
    if (!first || !message) break;
    merged.push(message);
    first.next += 1;
  }
  return merged;
}
