// Fills a book with what some logs say, as long as they are looked at.
import { useEffect, useState } from 'react';
import { faultOf, type Fault } from '../../../words/errors.ts';
import type { LogName } from '../../../words/services.ts';
import { followLogs } from '../../api/logs.ts';
import { useModel } from '../../model/model.ts';
import { LogBook } from './log-book.ts';

/** `names` must stay the same array as long as the logs do; another one begins the book anew. */
export function useLogs(names: readonly LogName[]): { book: LogBook; fault: Fault | undefined } {
  const { client } = useModel();
  const [book] = useState(() => new LogBook());
  const [fault, setFault] = useState<Fault>();
  useEffect(() => {
    const ending = new AbortController();
    book.clear();
    void followLogs({
      client,
      names,
      signal: ending.signal,
      onLines: (lines, skipped) => {
        book.append(lines, skipped);
        setFault(undefined);
      },
      onFault: (error) => setFault(faultOf(error)),
    });
    return () => ending.abort();
  }, [client, book, names]);
  return { book, fault };
}
