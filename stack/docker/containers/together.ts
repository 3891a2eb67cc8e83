// Several things at once, of which either all succeed or none is left at work. Knows no Docker.

/**
 * Runs what `start` begins and resolves when all of it is done. The first failure aborts the signal that it was given,
 * and is rejected with once everything has settled.
 */
export async function together(
  signal: AbortSignal,
  start: (signal: AbortSignal) => Promise<unknown>[],
): Promise<void> {
  const stop = new AbortController();
  const faults: unknown[] = [];
  const tasks = start(AbortSignal.any([signal, stop.signal]));
  await Promise.all(
    tasks.map((task) =>
      task.catch((error: unknown) => {
        faults.push(error);
        stop.abort();
      }),
    ),
  );
  if (faults.length > 0) throw faults[0];
}

/** `work` on each of `items`, at most `limit` of them at once; one promise per worker, to be awaited together. */
export function atMost<T>(
  limit: number,
  items: readonly T[],
  work: (item: T) => Promise<void>,
): Promise<void>[] {
  const queue = items.values();
  return Array.from({ length: Math.min(limit, items.length) }, async () => {
    // The workers share the queue: each takes the next item when it is free.
    for (const item of queue) await work(item);
  });
}
