// Fills a book with what some logs say, as long as they are looked at.
import { useEffect, useState } from 'react';
import { faultOf, type Fault } from '../../../words/errors.ts';
import type { LogName } from '../../../words/services.ts';
import { useModel, type Model } from '../../model/model.ts';
import { LogBook } from './log-book.ts';

/** Four times a second is live to the eye, and leaves time for everything else. */
const askEveryMs = 250;
const retryMs = 1_000;

/** `names` must stay the same array as long as the logs do; another one begins the book anew. */
export function useLogs(names: readonly LogName[]): { book: LogBook; fault: Fault | undefined } {
  const { client } = useModel();
  const [book] = useState(() => new LogBook());
  const [fault, setFault] = useState<Fault>();
  useEffect(() => {
    const ending = new AbortController();
    book.clear();
    void read({ client, book, names, signal: ending.signal, onFault: setFault });
    return () => ending.abort();
  }, [client, book, names]);
  return { book, fault };
}

interface Reading {
  client: Model['client'];
  book: LogBook;
  names: readonly LogName[];
  signal: AbortSignal;
  onFault: (fault: Fault | undefined) => void;
}

async function read({ client, book, names, signal, onFault }: Reading): Promise<void> {
  let cursor: string | undefined;
  while (!signal.aborted) {
    try {
      const input = { names: [...names], ...(cursor !== undefined && { cursor }) };
      const frame = await client.logs.next(input, { signal });
      if (signal.aborted) return;
      cursor = frame.cursor;
      book.append(frame.lines, frame.skipped);
      onFault(undefined);
      await pause(askEveryMs);
    } catch (error) {
      if (signal.aborted) return;
      onFault(faultOf(error));
      await pause(retryMs);
    }
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
