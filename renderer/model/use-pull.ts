// A screen's own pull: begins when it is shown, ends when it is left.
import { useEffect, useRef } from 'react';
import { pull, type Framed } from '../api/pull.ts';

/** `ask` and the handlers may change between renders; another `key` begins anew; no `key`, no pull. */
export function usePull<T>(
  key: string | undefined,
  ask: (input: { after: number }, options: { signal: AbortSignal }) => Promise<Framed<T>>,
  handlers: { onFrame: (framed: Framed<T>) => void; onFault?: (error: unknown) => void },
): void {
  const latest = useRef({ ask, handlers });
  useEffect(() => {
    latest.current = { ask, handlers };
  });
  useEffect(() => {
    if (key === undefined) return undefined;
    const ending = new AbortController();
    void pull<T>(
      (input, options) => latest.current.ask(input, options),
      (framed) => latest.current.handlers.onFrame(framed),
      { signal: ending.signal, onFault: (error) => latest.current.handlers.onFault?.(error) },
    );
    return () => ending.abort();
  }, [key]);
}
