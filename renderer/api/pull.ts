// The one way in which data comes to a screen: ask, show, ask again, until the screen is left.

export interface Framed<T> {
  version: number;
  frame: T;
  skipped: number;
}

/** Clients ask ten times a second at most. */
const askEveryMs = 100;
const retryMs = 500;

/**
 * Pulls until `signal` aborts. After a failure it begins anew at 0: versions of another life mean nothing.
 * `onFault` hears each failure; without it only the connection's own state tells.
 */
export async function pull<T>(
  ask: (input: { after: number }, options: { signal: AbortSignal }) => Promise<Framed<T>>,
  onFrame: (framed: Framed<T>) => void,
  { signal, onFault }: { signal: AbortSignal; onFault?: (error: unknown) => void },
): Promise<void> {
  let after = 0;
  while (!signal.aborted) {
    const askedAt = performance.now();
    try {
      const framed = await ask({ after }, { signal });
      if (signal.aborted) return;
      if (framed.version !== after) onFrame(framed);
      after = framed.version;
      await pause(Math.max(0, askEveryMs - (performance.now() - askedAt)), signal);
    } catch (error) {
      if (signal.aborted) return;
      onFault?.(error);
      after = 0;
      await pause(retryMs, signal);
    }
  }
}

/** Resolves after `ms`, or at once when `signal` aborts. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (ms <= 0 || signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end, { once: true });
  });
}
