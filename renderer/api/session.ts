// A reading that the app keeps for this client: opened, pulled until it has said all, closed; opened again when lost.
import { faultOf, type Fault } from '../../words/errors.ts';
import { pause, type Framed } from './pull.ts';

interface CallOptions {
  signal: AbortSignal;
}

export interface SessionCalls<T> {
  /** Is never given up half-way: a session nobody knows of would go on reading. */
  open(): Promise<{ session: string }>;
  next(input: { session: string; after: number }, options: CallOptions): Promise<Framed<T>>;
  close(input: { session: string }): Promise<unknown>;
}

export interface SessionHandlers<T> {
  onOpen?(session: string): void;
  /** Whether the session has said all that it has to say; a throw is a fault of the session. */
  onFrame(framed: Framed<T>): boolean;
  /** Whether to open it again. */
  onFault(fault: Fault): boolean;
}

/** Clients ask ten times a second at most. */
const askEveryMs = 100;
const reopenMs = 1_000;

/** Resolves when the session has said all, when a fault ended it for good, or when `signal` aborts. Never rejects. */
export async function keepSession<T>(
  calls: SessionCalls<T>,
  handlers: SessionHandlers<T>,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    try {
      const { session } = await calls.open();
      try {
        handlers.onOpen?.(session);
        await pullSession({ calls, handlers, session }, signal);
      } finally {
        // Where this gets lost, the app ends the session by itself after a while.
        calls.close({ session }).catch(() => undefined);
      }
      return;
    } catch (error) {
      if (signal.aborted || !handlers.onFault(faultOf(error))) return;
      await pause(reopenMs, signal);
    }
  }
}

interface Pulled<T> {
  calls: SessionCalls<T>;
  handlers: SessionHandlers<T>;
  session: string;
}

async function pullSession<T>({ calls, handlers, session }: Pulled<T>, signal: AbortSignal): Promise<void> {
  let after = 0;
  while (!signal.aborted) {
    const askedAt = performance.now();
    const framed = await untilConnected(() => calls.next({ session, after }, { signal }), signal);
    if (signal.aborted) return;
    after = framed.version;
    if (handlers.onFrame(framed)) return;
    await pause(askEveryMs - (performance.now() - askedAt), signal);
  }
}

/** A session outlives the line it was opened on: what was lost on the way is asked for again. */
async function untilConnected<A>(ask: () => Promise<A>, signal: AbortSignal): Promise<A> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (signal.aborted || faultOf(error).code !== 'CONNECTION_LOST') throw error;
      await pause(reopenMs, signal);
    }
  }
}
