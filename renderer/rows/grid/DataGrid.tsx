// A grid of even rows, the same for a table of a million and for an answer of a hundred. Holds no data.
import { memo, useRef, type KeyboardEvent, type MouseEvent, type RefObject } from 'react';
import { EvenRows, type EvenRowsHandle } from '../../parts/EvenRows.tsx';
import type { Row } from '../ring-reader.ts';
import classes from './DataGrid.module.css';
import { GridHeader } from './GridHeader.tsx';
import type { Columns } from './use-columns.ts';

declare module 'react' {
  interface CSSProperties {
    [variable: `--${string}`]: string;
  }
}

export const rowHeight = 28;
/** The heads and the line below them. */
const headPx = 35;

interface Props {
  label: string;
  columns: Columns;
  count: number;
  /** Undefined while the row is on its way. */
  rowAt: (index: number) => Row | undefined;
  /** The head of the first column, and what stands in it; without them there is none. */
  place?: { title: string; hint?: string; width: number; of: (index: number) => string } | undefined;
  selected?: number | undefined;
  /** A click, or the arrow keys. */
  onSelect?: ((index: number) => void) | undefined;
  onShown?: (first: number, last: number) => void;
  ref?: RefObject<EvenRowsHandle | null>;
}

export function DataGrid({ label, columns, count, rowAt, place, selected, onSelect, onShown, ref }: Props) {
  const { table, shown } = columns;
  const body = useRef<EvenRowsHandle>(null);
  const widths = shown.map((name) => `${table.getColumn(name)?.getSize() ?? 0}px`);
  const template = [...(place ? [`${place.width}px`] : []), ...widths].join(' ');
  const total = table.getTotalSize() + (place?.width ?? 0);

  const select = (index: number): void => {
    if (!onSelect || count === 0) return;
    const next = Math.max(0, Math.min(count - 1, index));
    body.current?.reveal(next);
    onSelect(next);
  };
  const pressed = (event: KeyboardEvent): void => {
    if (event.target instanceof HTMLElement && event.target.role === 'separator') return;
    const page = body.current?.pageRows() ?? 1;
    const at = selected ?? -1;
    const targets: Record<string, number> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + page,
      PageUp: at - page,
      Home: 0,
      End: count - 1,
      Enter: Math.max(0, at),
    };
    const target = targets[event.key];
    if (target === undefined) return;
    event.preventDefault();
    select(target);
  };
  const clicked = ({ target }: MouseEvent): void => {
    const row = target instanceof Element ? target.closest<HTMLElement>('[data-index]') : null;
    if (row) onSelect?.(Number(row.dataset['index']));
  };

  return (
    <div
      className={classes.grid}
      data-selects={onSelect !== undefined}
      style={{ '--columns': template, '--total': `${total}px` }}
    >
      <EvenRows
        ref={(handle) => {
          body.current = handle;
          if (ref) ref.current = handle;
        }}
        count={count}
        rowHeight={rowHeight}
        width="var(--total)"
        head={{ content: <GridHeader columns={columns} first={place} />, px: headPx }}
        attributes={{
          role: 'grid',
          'aria-label': label,
          'aria-rowcount': count + 1,
          'aria-colcount': shown.length + (place ? 1 : 0),
          ...(selected !== undefined && { 'aria-activedescendant': `row-${selected}` }),
          onKeyDown: pressed,
          onClick: clicked,
        }}
        {...(onShown && { onShown })}
        renderRow={(index, slot) => (
          <GridRow
            key={slot}
            index={index}
            place={place?.of(index)}
            row={rowAt(index)}
            names={shown}
            isSelected={index === selected}
          />
        )}
      />
    </div>
  );
}

interface RowProps {
  index: number;
  place: string | undefined;
  row: Row | undefined;
  names: readonly string[];
  isSelected: boolean;
}

const GridRow = memo(function GridRow({ index, place, row, names, isSelected }: RowProps) {
  return (
    <div
      role="row"
      id={`row-${index}`}
      className={classes.row}
      data-index={index}
      data-even={index % 2 === 0}
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      aria-busy={row === undefined}
    >
      {place !== undefined && (
        <span role="rowheader" className={classes.place}>
          {place}
        </span>
      )}
      {names.map((name) => (
        <span key={name} role="gridcell" className={classes.cell}>
          {row ? row[name] : <span className={classes.awaited} />}
        </span>
      ))}
    </div>
  );
});
