// The lab's table as pages: made when the screen is shown, told how many rows there are, closed when it is left.
import { useEffect, useState, useSyncExternalStore } from 'react';
import type { Fault } from '../../../words/errors.ts';
import { faultOf } from '../../../words/errors.ts';
import { useModel } from '../../model/model.ts';
import { RowPages } from '../row-pages.ts';

/** How often the size is asked for while rows are being written. */
const sizeEveryMs = 3_000;

export type TableSize = { status: 'unknown' } | { status: 'known' } | { status: 'failed'; fault: Fault };

/** `onMove` as in `RowPages`; it must stay the same. */
export function useRowPages(onMove: (by: number) => void) {
  const { client, runs } = useModel();
  const [pages] = useState(
    () => new RowPages((query, signal) => client.rows.window(query, { signal }), { onMove }),
  );
  const [size, setSize] = useState<TableSize>({ status: 'unknown' });
  useEffect(() => () => pages.close(), [pages]);

  const [measure] = useState(() => async (signal?: AbortSignal) => {
    try {
      const { rows, isExact } = await client.rows.size(undefined, { ...(signal && { signal }) });
      if (signal?.aborted) return;
      pages.setTotal(rows, isExact);
      setSize({ status: 'known' });
    } catch (error) {
      if (!signal?.aborted) setSize({ status: 'failed', fault: faultOf(error) });
    }
  });

  useEffect(() => {
    const ending = new AbortController();
    // Another window or a terminal may be the one that writes: the sum knows of it.
    const written = (): number | undefined => {
      const { sum, consumer } = runs.getState();
      return sum?.written ?? consumer?.written;
    };
    let seen = written();
    let asked = measure(ending.signal);
    const timer = setInterval(() => {
      const now = written();
      if (now === seen) return;
      seen = now;
      asked = asked.then(() => measure(ending.signal));
    }, sizeEveryMs);
    return () => {
      clearInterval(timer);
      ending.abort();
    };
  }, [runs, measure]);

  return { pages, size, measure };
}

/** What of the pages a component shows; it is drawn anew only when that changes. `of` returns the same for the same. */
export function usePages<T>(pages: RowPages, of: (pages: RowPages) => T): T {
  return useSyncExternalStore(pages.subscribe, () => of(pages));
}
