// Something read from the app for what is shown now: loaded when its key changes, given up when it is left.
import { useCallback, useEffect, useRef, useState } from 'react';
import { faultOf, type Fault } from '../../words/errors.ts';

export type Loaded<T> =
  | { status: 'loading' }
  | { status: 'loaded'; value: T }
  | { status: 'failed'; fault: Fault };

interface UseLoaded<T> {
  /** What was there before stays until the new one has come. */
  loaded: Loaded<T>;
  isLoading: boolean;
  /** Loads it once more. */
  reload: () => void;
}

/** `load` may change between renders; only another `key` or `reload` calls it. No key, no load. */
export function useLoaded<T>(
  key: string | undefined,
  load: (signal: AbortSignal) => Promise<T>,
): UseLoaded<T> {
  const [loaded, setLoaded] = useState<Loaded<T>>({ status: 'loading' });
  const [isLoading, setLoading] = useState(false);
  const [turn, setTurn] = useState(0);
  const latest = useRef(load);
  useEffect(() => {
    latest.current = load;
  });
  useEffect(() => {
    if (key === undefined) return undefined;
    const ending = new AbortController();
    const { signal } = ending;
    const settle = (next: Loaded<T>): void => {
      if (signal.aborted) return;
      setLoaded(next);
      setLoading(false);
    };
    setLoading(true);
    latest.current(signal).then(
      (value) => settle({ status: 'loaded', value }),
      (error: unknown) => settle({ status: 'failed', fault: faultOf(error) }),
    );
    return () => ending.abort();
  }, [key, turn]);
  const reload = useCallback(() => setTurn((now) => now + 1), []);
  return { loaded, isLoading, reload };
}
