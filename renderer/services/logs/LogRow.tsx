// One line of a log: when, whose, how grave, what; what is searched for is marked.
import { memo } from 'react';
import type { LogLine } from '../../../words/services.ts';
import { exactTime } from '../../words/format.ts';
import classes from './Logs.module.css';

interface Props {
  line: LogLine;
  search: string;
  isCurrent: boolean;
}

export const LogRow = memo(function LogRow({ line: { at, name, level, text }, search, isCurrent }: Props) {
  return (
    <div className={classes.line} data-level={level} data-current={isCurrent}>
      <span className={classes.time}>{exactTime(at)}</span>
      <span className={classes.name}>{name}</span>
      <span className={classes.level}>{level}</span>
      <span className={classes.text}>
        {search === ''
          ? text
          : partsOf(text, search).map(({ part, isMatch, key }) =>
              isMatch ? <mark key={key}>{part}</mark> : <span key={key}>{part}</span>,
            )}
      </span>
    </div>
  );
});

/** The text cut at what is searched for; `key` is where the part begins. */
function partsOf(text: string, search: string): { part: string; isMatch: boolean; key: number }[] {
  const found: { part: string; isMatch: boolean; key: number }[] = [];
  const low = text.toLowerCase();
  const wanted = search.toLowerCase();
  let key = 0;
  for (let at = low.indexOf(wanted); at >= 0; at = low.indexOf(wanted, key)) {
    if (at > key) found.push({ part: text.slice(key, at), isMatch: false, key });
    found.push({ part: text.slice(at, at + wanted.length), isMatch: true, key: at });
    key = at + wanted.length;
  }
  return key < text.length ? [...found, { part: text.slice(key), isMatch: false, key }] : found;
}
