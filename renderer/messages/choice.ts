// What a person chose to read, as it stands in the fields, and what is asked of the app for it.
import { filterFields, type BrowseFrom, type LabTopic } from '../../words/browse.ts';
import type { ReadingQuery } from './reading.ts';

export type FilterField = (typeof filterFields)[number];

export interface Choice {
  topic: LabTopic;
  at: BrowseFrom['at'];
  offset: number;
  /** As a date-and-time field writes it, in local time: `2026-05-09T14:03:09`. */
  time: string;
  text: string;
  field: FilterField | undefined;
}

/** An offset or a time that is being typed reads from the beginning. */
export function queryOf({ topic, at, offset, time, text, field }: Choice): ReadingQuery {
  return {
    topic,
    from: fromOf(at, { offset, time }),
    filter: { text, ...(field !== undefined && { field }) },
  };
}

function fromOf(at: BrowseFrom['at'], { offset, time }: { offset: number; time: string }): BrowseFrom {
  switch (at) {
    case 'offset':
      return { at, offset: Number.isSafeInteger(offset) && offset > 0 ? offset : 0 };
    case 'time': {
      const parsed = new Date(time).getTime();
      return { at, time: parsed > 0 ? parsed : 0 };
    }
    case 'newest':
    case 'beginning':
    case 'live':
      return { at };
  }
}

/** Epoch ms as a date-and-time field takes it. */
export function fieldTime(at: number): string {
  const date = new Date(at);
  return new Date(at - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
}
