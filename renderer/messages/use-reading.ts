// The one reading that the screen keeps: begun when what is asked changes, ended when the screen is left.
import { useEffect, useState } from 'react';
import { useModel } from '../model/model.ts';
import { Reading, type ReadingQuery } from './reading.ts';

/** Another `turn` begins the same question anew. No query, no reading. */
export function useReading(query: ReadingQuery | undefined, turn: number): Reading | undefined {
  const { client } = useModel();
  const [reading, setReading] = useState<Reading>();
  const key = query && JSON.stringify(query);
  useEffect(() => {
    if (!query) return undefined;
    const begun = new Reading(client.messages, query);
    setReading(begun);
    return () => begun.end();
    // `key` stands for `query`, which is another object at each render.
  }, [client, key, turn]);
  return reading;
}
