// A record's way as the hops that a person follows, each with its time. Knows no words and no screen.
import type { FollowedRecord } from '../../words/browse.ts';

export type HopName =
  | 'fetched'
  | 'sent'
  | 'inTopic'
  /** What the consumer decided, or that it has not yet. */
  | 'fit'
  | 'refused'
  | 'waiting'
  | 'noRow'
  | 'written'
  | 'deadLetter';

export interface Hop {
  name: HopName;
  /** Epoch ms; undefined where nobody knows. */
  at: number | undefined;
  /** Milliseconds since the last hop whose time is known; clocks of two programs may differ, so never below 0. */
  sinceLast: number | undefined;
}

/** The hops of a record, in their order. */
export function hopsOf(record: FollowedRecord): Hop[] {
  const { fetchedAt, sentAt, inTopicAt, fate } = record;
  const known: Timed[] = [['fetched', fetchedAt]];
  if (sentAt !== undefined) known.push(['sent', sentAt]);
  known.push(['inTopic', inTopicAt], ...hopsOfFate(fate));
  const hops: Hop[] = [];
  for (const [name, at] of known) {
    const last = hops.findLast((hop) => hop.at !== undefined)?.at;
    const sinceLast = at === undefined || last === undefined ? undefined : Math.max(0, at - last);
    hops.push({ name, at, sinceLast });
  }
  return hops;
}

type Timed = [name: HopName, at: number | undefined];

function hopsOfFate(fate: FollowedRecord['fate']): Timed[] {
  switch (fate.status) {
    case 'waiting':
      return [['waiting', undefined]];
    case 'no-row':
      return [['noRow', undefined]];
    case 'written':
      return [
        ['fit', undefined],
        ['written', fate.writtenAt],
      ];
    case 'dead-letter':
      return [
        ['refused', undefined],
        ['deadLetter', fate.refusedAt],
      ];
  }
}
