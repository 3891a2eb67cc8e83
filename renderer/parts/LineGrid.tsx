// A list of thousands of lines of one height: only those in sight are there, and a line draws itself anew only when
// its item is another. Knows nothing of what a line says.
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useId, useLayoutEffect, useRef } from 'react';
import type { ComponentType, KeyboardEvent, MouseEvent } from 'react';
import classes from './LineGrid.module.css';

/** Even, since positions beyond 2^24 px snap to even ones. */
const lineHeight = 28;
/** Lines that are there at once; elements are used again, by the line's number modulo this. */
const slots = 128;

interface Props<T extends object> {
  label: string;
  columns: readonly string[];
  /** Sets `--columns`, a grid template. */
  className: string | undefined;
  /** Number of the first line; `at` takes numbers from here to `first + count`. */
  first: number;
  count: number;
  at: (number: number) => T | undefined;
  /** Cells of a line, each a `<span role="gridcell">`; a `memo`, so that only another item draws it anew. */
  Line: ComponentType<{ item: T }>;
  /** Number of the line that is chosen. */
  active: number | undefined;
  /** A line was chosen, by a click or an arrow. */
  onActive: (number: number) => void;
  /** Enter or a click on a line. */
  onOpen: (number: number) => void;
  /** Keeps the last line in sight, until `onLeaveEnd` says that a person scrolled away from it. */
  end?: { isFollowing: boolean; onLeaveEnd: () => void };
  /** Changes whenever lines did. */
  version: number;
}

export function LineGrid<T extends object>(props: Props<T>) {
  const { label, columns, className, first, count, at, Line, active, end, version } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const id = useId();
  const lines = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => lineHeight,
    overscan: 6,
  });
  const activeIndex = active === undefined ? -1 : active - first;
  const hasActive = activeIndex >= 0 && activeIndex < count;
  useEnd(scroller, end?.isFollowing ?? false, version);
  useEffect(() => {
    if (hasActive && !end?.isFollowing) lines.scrollToIndex(activeIndex, { align: 'auto' });
    // Only a new choice scrolls: lines that come must not.
  }, [active]);

  const onScroll = (): void => {
    const { current } = scroller;
    if (!current || !end?.isFollowing) return;
    const below = current.scrollHeight - current.clientHeight - current.scrollTop;
    if (below > lineHeight) end.onLeaveEnd();
  };
  const onClick = (event: MouseEvent): void => {
    const line = event.target instanceof Element ? event.target.closest('[data-number]') : null;
    if (!(line instanceof HTMLElement)) return;
    const number = Number(line.dataset['number']);
    end?.onLeaveEnd();
    props.onActive(number);
    props.onOpen(number);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / lineHeight) - 1);
    const to = target(event.key, { index: hasActive ? activeIndex : -1, count, page });
    if (to !== undefined && count > 0) {
      event.preventDefault();
      end?.onLeaveEnd();
      props.onActive(first + to);
    } else if (event.key === 'Enter' && hasActive && active !== undefined) props.onOpen(active);
  };
  return (
    <div className={`${classes.frame} ${className ?? ''}`}>
      <div id={`${id}-head`} role="rowgroup" className={classes.head}>
        <div role="row" aria-rowindex={1} className={classes.line}>
          {columns.map((column) => (
            <span key={column} role="columnheader">
              {column}
            </span>
          ))}
        </div>
      </div>
      <div
        ref={scroller}
        className={classes.scroller}
        role="grid"
        aria-label={label}
        aria-owns={`${id}-head`}
        aria-rowcount={count + 1}
        aria-colcount={columns.length}
        aria-activedescendant={hasActive ? `${id}-${active}` : undefined}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onScroll={onScroll}
        onClick={onClick}
      >
        <div role="presentation" className={classes.space} style={{ height: lines.getTotalSize() }}>
          {lines.getVirtualItems().map(({ index, start }) => {
            const number = first + index;
            const item = at(number);
            if (!item) return null;
            return (
              <div
                key={index % slots}
                id={`${id}-${number}`}
                role="row"
                aria-rowindex={index + 2}
                aria-selected={number === active}
                data-number={number}
                className={classes.line}
                style={{ transform: `translateY(${start}px)` }}
              >
                <Line item={item} />
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

/** Holds the last line in sight while it is followed: after new lines, and when the room changes. */
function useEnd(scroller: { current: HTMLDivElement | null }, isFollowing: boolean, version: number): void {
  useLayoutEffect(() => {
    const { current } = scroller;
    if (current && isFollowing) current.scrollTop = current.scrollHeight;
  }, [scroller, isFollowing, version]);
  useEffect(() => {
    const { current } = scroller;
    if (!current || !isFollowing) return undefined;
    const observer = new ResizeObserver(() => {
      current.scrollTop = current.scrollHeight;
    });
    observer.observe(current);
    return () => observer.disconnect();
  }, [scroller, isFollowing]);
}

/** Where a key leads from line `index`; -1 where none is chosen. */
function target(
  key: string,
  { index, count, page }: { index: number; count: number; page: number },
): number | undefined {
  const to = (wanted: number): number => Math.min(Math.max(wanted, 0), count - 1);
  switch (key) {
    case 'ArrowDown':
      return to(index + 1);
    case 'ArrowUp':
      return to(index === -1 ? count - 1 : index - 1);
    case 'PageDown':
      return to(index + page);
    case 'PageUp':
      return to(index - page);
    case 'Home':
      return 0;
    case 'End':
      return to(count - 1);
    default:
      return undefined;
  }
}
