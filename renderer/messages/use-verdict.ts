// What would become of a value in the topic, asked for while it is typed.
import { useEffect, useState } from 'react';
import type { DeadLetterReason } from '../../words/dead-letters.ts';
import { faultOf, type Fault } from '../../words/errors.ts';
import { useModel } from '../model/model.ts';

export type Verdict =
  | { status: 'judging' }
  /** No reason: it would become a row. */
  | { status: 'judged'; reason?: DeadLetterReason | undefined; field?: string | undefined }
  | { status: 'failed'; fault: Fault };

const typingMs = 250;

/** Nothing is asked about `undefined`. */
export function useVerdict(value: string | undefined): Verdict {
  const { client } = useModel();
  const [verdict, setVerdict] = useState<{ of: string; verdict: Verdict }>();
  useEffect(() => {
    if (value === undefined) return undefined;
    const ending = new AbortController();
    const settle = (next: Verdict): void => {
      if (!ending.signal.aborted) setVerdict({ of: value, verdict: next });
    };
    const timer = setTimeout(() => {
      client.deadLetters.judge({ value }, { signal: ending.signal }).then(
        (judged) => settle({ status: 'judged', ...judged }),
        (error: unknown) => settle({ status: 'failed', fault: faultOf(error) }),
      );
    }, typingMs);
    return () => {
      clearTimeout(timer);
      ending.abort();
    };
  }, [client, value]);
  return verdict?.of === value && verdict ? verdict.verdict : { status: 'judging' };
}
