// A scroller over any number of rows of one height: renders those in sight only. Knows nothing of what a row is.
// The rows hang in a layer that stays in place while an empty space scrolls: so the space may be shorter than all rows
// together, which browsers ask for beyond 33,554,428 px, and no position is large enough to be rounded.
import {
  useCallback,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
  type HTMLAttributes,
  type ReactNode,
  type Ref,
} from 'react';
import classes from './EvenRows.module.css';

const spaceMaxPx = 33_000_000;

export interface EvenRowsHandle {
  /** Brings a row to the top. */
  scrollTo: (index: number) => void;
  /** Brings a row into sight by the shortest way. */
  reveal: (index: number) => void;
  /** Goes on by so many rows; for when what is in sight has moved. */
  moveBy: (rows: number) => void;
  /** Whole rows in sight. */
  pageRows: () => number;
}

interface Props {
  count: number;
  rowHeight: number;
  /** `slot` is its key: rows that come take the place of rows that went. */
  renderRow: (index: number, slot: number) => ReactNode;
  /** Which rows are in sight; called after each change. */
  onShown?: (first: number, last: number) => void;
  /** `top` in px of all rows. */
  onScroll?: (at: { top: number; isAtEnd: boolean }) => void;
  /** CSS width of the rows, where they are wider than the scroller. */
  width?: string | undefined;
  /** What stays above the rows, and its height. */
  head?: { content: ReactNode; px: number };
  /** Role, name, keys and the like: the scroller is what is focused. */
  attributes: HTMLAttributes<HTMLDivElement>;
  ref?: Ref<EvenRowsHandle>;
}

export function EvenRows({
  count,
  rowHeight,
  renderRow,
  onShown,
  onScroll,
  width,
  head,
  attributes,
  ref,
}: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const [viewPx, setViewPx] = useState(0);
  const [wanted, setOffset] = useState(0);
  const headPx = head?.px ?? 0;
  const fullPx = count * rowHeight;
  const spacePx = Math.min(fullPx, spaceMaxPx);
  const scale = spacePx > viewPx && spacePx < fullPx ? (fullPx - viewPx) / (spacePx - viewPx) : 1;
  const endPx = Math.max(0, fullPx - viewPx);
  const offset = Math.min(wanted, endPx);
  const first = Math.floor(offset / rowHeight);
  const last = Math.min(count, Math.ceil((offset + viewPx) / rowHeight)) - 1;

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    const watch = new ResizeObserver(() => setViewPx(element.clientHeight - headPx));
    watch.observe(element);
    setViewPx(element.clientHeight - headPx);
    return () => watch.disconnect();
  }, [headPx]);

  const goTo = useCallback(
    (px: number) => {
      const next = Math.max(0, Math.min(px, endPx));
      setOffset(next);
      if (scroller.current) scroller.current.scrollTop = next / scale;
    },
    [endPx, scale],
  );

  // With another number of rows the same place of the bar means another row: the row is kept, the bar moves.
  const latest = useRef(offset);
  useLayoutEffect(() => {
    latest.current = offset;
  });
  useLayoutEffect(() => {
    if (scroller.current && scale !== 1) scroller.current.scrollTop = latest.current / scale;
  }, [scale]);

  useLayoutEffect(() => {
    if (last >= first) onShown?.(first, last);
  }, [onShown, first, last]);

  useImperativeHandle(
    ref,
    () => ({
      scrollTo: (index) => goTo(index * rowHeight),
      moveBy: (rows) => goTo(latest.current + rows * rowHeight),
      pageRows: () => Math.max(1, Math.floor(viewPx / rowHeight)),
      reveal: (index) => {
        const top = index * rowHeight;
        if (top < latest.current) goTo(top);
        else if (top + rowHeight > latest.current + viewPx) goTo(top + rowHeight - viewPx);
      },
    }),
    [goTo, rowHeight, viewPx],
  );

  const scrolled = (element: HTMLDivElement): void => {
    // What we set ourselves comes back rounded: that is no move.
    const at = element.scrollTop * scale;
    if (Math.abs(at - latest.current) >= scale) setOffset(at);
    onScroll?.({ top: at, isAtEnd: at >= endPx - rowHeight });
  };

  const shownPx = Math.min(viewPx, spacePx);
  const slots = Math.ceil(viewPx / rowHeight) + 1;
  return (
    <div
      ref={scroller}
      tabIndex={0}
      {...attributes}
      className={`${classes.scroller} ${attributes.className ?? ''}`}
      onScroll={(event) => scrolled(event.currentTarget)}
    >
      <div style={{ height: spacePx + headPx, width, minWidth: '100%' }}>
        <div className={classes.layer} style={{ height: shownPx + headPx }}>
          {head?.content}
          <div className={classes.view} style={{ height: shownPx }}>
            <div
              className={classes.rows}
              style={{ transform: `translateY(${first * rowHeight - offset}px)` }}
            >
              {Array.from({ length: Math.max(0, last - first + 1) }, (_, index) =>
                renderRow(first + index, (first + index) % slots),
              )}
            </div>
          </div>
        </div>
      </div>
    </div>
  );
}
