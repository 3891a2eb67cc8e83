// Something a person sets off: busy while it lasts, and what went wrong where it did.
import { useCallback, useEffect, useRef, useState } from 'react';
import { faultOf, type Fault } from '../../words/errors.ts';

export type ActionState = { status: 'idle' } | { status: 'busy' } | { status: 'failed'; fault: Fault };

export interface Action<A extends unknown[]> {
  state: ActionState;
  isBusy: boolean;
  fault: Fault | undefined;
  /** Resolves with whether it went well; never rejects. Does nothing while busy. */
  run: (...args: A) => Promise<boolean>;
  /** Ends a call under way. */
  cancel: () => void;
  /** Forgets the fault. */
  clear: () => void;
}

/** `call` gets its arguments behind a signal that `cancel` aborts. What the person cancelled is no fault. */
export function useAction<A extends unknown[]>(
  call: (signal: AbortSignal, ...args: A) => Promise<unknown>,
): Action<A> {
  const [state, setState] = useState<ActionState>({ status: 'idle' });
  const latest = useRef(call);
  const running = useRef<AbortController>(undefined);
  useEffect(() => {
    latest.current = call;
  });

  const run = useCallback(async (...args: A): Promise<boolean> => {
    if (running.current) return false;
    const ending = new AbortController();
    running.current = ending;
    setState({ status: 'busy' });
    try {
      await latest.current(ending.signal, ...args);
      setState({ status: 'idle' });
      return true;
    } catch (error) {
      const fault = faultOf(error);
      const isWanted = ending.signal.aborted || fault.code === 'CANCELLED';
      setState(isWanted ? { status: 'idle' } : { status: 'failed', fault });
      return false;
    } finally {
      running.current = undefined;
    }
  }, []);
  const cancel = useCallback(() => running.current?.abort(), []);
  const clear = useCallback(
    () => setState((now) => (now.status === 'failed' ? { status: 'idle' } : now)),
    [],
  );
  return {
    state,
    isBusy: state.status === 'busy',
    fault: state.status === 'failed' ? state.fault : undefined,
    run,
    cancel,
    clear,
  };
}
