// The heads of a grid's columns, each with an edge to pull: by mouse, by touch, by arrow keys.
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './DataGrid.module.css';
import { narrowest, widest, type Columns } from './use-columns.ts';

const keyStepPx = 16;

interface Props {
  columns: Columns;
  first: { title: string; hint?: string } | undefined;
}

export const GridHeader = memo(function GridHeader({ columns: { table }, first }: Props) {
  const { t } = useTranslation();
  return (
    <div role="row" className={classes.header} aria-rowindex={1}>
      {first && (
        <span role="columnheader" className={classes.place} title={first.hint}>
          {first.title}
        </span>
      )}
      {table.getFlatHeaders().map((header) => {
        const { column } = header;
        const resize = header.getResizeHandler();
        const set = (by: number): void => {
          const width = Math.max(narrowest, Math.min(widest, column.getSize() + by));
          table.setColumnSizing((sizes) => ({ ...sizes, [column.id]: width }));
        };
        return (
          <span key={header.id} role="columnheader" className={classes.head}>
            <span className={classes.headText}>{column.id}</span>
            <span
              role="separator"
              tabIndex={0}
              aria-orientation="vertical"
              aria-label={t('screens.rows.resize', { column: column.id })}
              aria-valuenow={column.getSize()}
              aria-valuemin={narrowest}
              aria-valuemax={widest}
              className={classes.edge}
              data-active={column.getIsResizing()}
              onMouseDown={resize}
              onTouchStart={resize}
              onDoubleClick={() => column.resetSize()}
              onKeyDown={({ key }) => {
                if (key === 'ArrowLeft') set(-keyStepPx);
                if (key === 'ArrowRight') set(keyStepPx);
              }}
            />
          </span>
        );
      })}
    </div>
  );
});
