// Logs as they come: asked for by cursor, from the last lines on, until whoever shows them leaves.
import type { LogLine, LogName } from '../../words/services.ts';
import type { Client } from './client.ts';
import { pause } from './pull.ts';

/** Four times a second is live to the eye, and leaves time for everything else. */
const askEveryMs = 250;
const retryMs = 1_000;

interface Following {
  client: Client;
  names: readonly LogName[];
  signal: AbortSignal;
  /** `skipped` counts lines that came too fast to be read. */
  onLines: (lines: readonly LogLine[], skipped: number) => void;
  /** Asking failed; it is tried again. */
  onFault: (error: unknown) => void;
}

/** Resolves when `signal` aborts. */
export async function followLogs({ client, names, signal, onLines, onFault }: Following): Promise<void> {
  let cursor: string | undefined;
  while (!signal.aborted) {
    try {
      const input = { names: [...names], ...(cursor !== undefined && { cursor }) };
      const frame = await client.logs.next(input, { signal });
      if (signal.aborted) return;
      cursor = frame.cursor;
      onLines(frame.lines, frame.skipped);
      await pause(askEveryMs, signal);
    } catch (error) {
      if (signal.aborted) return;
      onFault(error);
      await pause(retryMs, signal);
    }
  }
}
