// The logs: one service's, the app's own, or all by time; followed, searched, copied, saved.
import { useHotkeys } from '@mantine/hooks';
import { ScrollText } from 'lucide-react';
import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import type { LogLevel, LogName } from '../../../words/services.ts';
import { EmptyState } from '../../parts/EmptyState.tsx';
import { EvenRows, type EvenRowsHandle } from '../../parts/EvenRows.tsx';
import { FaultNote } from '../../parts/FaultNote.tsx';
import { whole } from '../../words/format.ts';
import { LogBar } from './LogBar.tsx';
import { LogRow } from './LogRow.tsx';
import classes from './Logs.module.css';
import { useLogs } from './use-logs.ts';

const rowHeight = 22;
/** Longer lines are cut; copied and saved they are whole. */
const charsMax = 2_000;
/** What stands before the text, besides the name; the names of most are short. */
const headChars = 25;
const shortChars = 9;
const longChars = 17;

export function LogsPanel({ names }: { names: readonly LogName[] }) {
  const { t } = useTranslation();
  const [name, setName] = useState<LogName | 'all'>('all');
  // One whose service has gone is nobody's any more.
  const whose = name === 'all' || names.includes(name) ? name : 'all';
  const chosen = useMemo(() => (whose === 'all' ? names : [whose]), [whose, names]);
  const isWide = chosen.some(({ length }) => length > shortChars);
  const { book, fault } = useLogs(chosen);
  const version = useSyncExternalStore(book.subscribe, book.version);
  const [level, setLevel] = useState<LogLevel>('debug');
  const [search, setSearch] = useState('');
  const [current, setCurrent] = useState(-1);
  const rows = useRef<EvenRowsHandle>(null);
  const input = useRef<HTMLInputElement>(null);
  const { isFollowing, setFollowing, onScroll, unseen } = useFollow(rows, book, version);
  useHotkeys([['/', () => input.current?.focus()]]);

  const go = (direction: 1 | -1): void => {
    const number = book.matchFrom(current, direction);
    if (number === undefined) return;
    setFollowing(false);
    setCurrent(number);
    rows.current?.reveal(number - book.first);
  };
  return (
    <section className={classes.panel} aria-label={t('screens.services.logs')} data-wide={isWide}>
      <LogBar
        names={names}
        name={whose}
        onName={(next) => {
          setName(next);
          setCurrent(-1);
          setFollowing(true);
        }}
        level={level}
        onLevel={(next) => {
          setLevel(next);
          book.setLevel(next);
          setCurrent(-1);
        }}
        search={search}
        onSearch={(text) => {
          setSearch(text);
          book.setSearch(text);
          setCurrent(-1);
        }}
        input={input}
        found={{ at: book.matchOf(current), count: book.matchCount }}
        onGo={go}
        onText={() => book.text()}
      />
      {fault && <FaultNote fault={fault} tone="attention" />}
      {book.count === 0 ? (
        <EmptyState
          icon={ScrollText}
          title={t(book.isEmpty ? 'screens.services.emptyLog' : 'screens.services.noLevel')}
          text={t(book.isEmpty ? 'screens.services.emptyLogText' : 'screens.services.noLevelText')}
        />
      ) : (
        <EvenRows
          ref={rows}
          count={book.count}
          rowHeight={rowHeight}
          attributes={{ role: 'log', 'aria-label': t('screens.services.logs'), 'aria-live': 'off' }}
          width={`${Math.min(charsMax, book.widest) + headChars + (isWide ? longChars : shortChars)}ch`}
          onScroll={onScroll}
          renderRow={(position, slot) => {
            const line = book.lineAt(position);
            return (
              line && (
                <LogRow
                  key={slot}
                  line={line}
                  search={search}
                  isCurrent={book.first + position === current}
                />
              )
            );
          }}
        />
      )}
      <div className={classes.foot}>
        <span>
          {t(book.count === 1 ? 'screens.services.oneLine' : 'screens.services.lines', {
            count: whole(book.count),
          })}
        </span>
        {book.skipped > 0 && (
          <span className={classes.skipped}>
            {t('screens.services.skipped', { count: whole(book.skipped) })}
          </span>
        )}
        <button
          type="button"
          className={classes.follow}
          aria-pressed={isFollowing}
          onClick={() => setFollowing(!isFollowing)}
        >
          {isFollowing
            ? t('screens.services.following')
            : `${t('screens.services.paused', { count: unseen })} · ${t('screens.services.follow')}`}
        </button>
      </div>
    </section>
  );
}

type Rows = React.RefObject<EvenRowsHandle | null>;

/** Keeps the newest line in sight until a person scrolls up; then keeps what they look at. */
function useFollow(rows: Rows, book: { count: number; first: number }, version: number) {
  const [isFollowing, setFollowing] = useState(true);
  const [seenUpTo, setSeenUpTo] = useState(0);
  const before = useRef({ first: 0, top: 0 });
  useEffect(() => {
    const gone = book.first - before.current.first;
    before.current.first = book.first;
    if (isFollowing) rows.current?.scrollTo(book.count);
    else if (gone > 0) rows.current?.moveBy(-gone);
  }, [rows, book, version, isFollowing]);
  return {
    isFollowing,
    setFollowing: (isWanted: boolean) => {
      setSeenUpTo(book.first + book.count);
      setFollowing(isWanted);
    },
    onScroll: ({ top, isAtEnd }: { top: number; isAtEnd: boolean }) => {
      const isUp = top < before.current.top - 1;
      before.current.top = top;
      if (isAtEnd) setFollowing(true);
      else if (isUp && isFollowing) {
        setSeenUpTo(book.first + book.count);
        setFollowing(false);
      }
    },
    unseen: whole(Math.max(0, book.first + book.count - seenUpTo)),
  };
}
