// The table: a scroller over all of its rows, what finds one, and the row that is open beside it.
import { Button } from '@mantine/core';
import { Waves } from 'lucide-react';
import { memo, useCallback, useEffect, useMemo, useRef, useState, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { userColumns } from '../../../words/users.ts';
import { useModel } from '../../model/model.ts';
import { useAction } from '../../model/use-action.ts';
import { EmptyState } from '../../parts/EmptyState.tsx';
import type { EvenRowsHandle } from '../../parts/EvenRows.tsx';
import { FaultNote } from '../../parts/FaultNote.tsx';
import { onEscape } from '../../parts/on-escape.ts';
import { whole } from '../../words/format.ts';
import { DataGrid } from '../grid/DataGrid.tsx';
import { useColumns, type Columns } from '../grid/use-columns.ts';
import type { Row } from '../ring-reader.ts';
import type { RowPages } from '../row-pages.ts';
import { RowPanel } from './RowPanel.tsx';
import classes from './RowsTable.module.css';
import { TableBar } from './TableBar.tsx';
import { usePages, useRowPages } from './use-row-pages.ts';

const widths = {
  id: 150,
  first_name: 112,
  last_name: 120,
  gender: 84,
  address: 300,
  post_code: 104,
  email: 250,
  username: 170,
  dob: 190,
  registered_date: 190,
  phone: 140,
  picture: 320,
};

/** The row that is open: one of the table, or one that was found by its id. */
interface Opened {
  position?: number | undefined;
  row?: Row | undefined;
}

export function RowsTable() {
  const { t } = useTranslation();
  const { client, navigation } = useModel();
  const grid = useRef<EvenRowsHandle>(null);
  const [opened, setOpened] = useState<Opened>();
  const onMove = useCallback((by: number) => {
    grid.current?.moveBy(by);
    setOpened((now) => now && { ...now, ...(now.position !== undefined && { position: now.position + by }) });
  }, []);
  const { pages, size, measure } = useRowPages(onMove);
  const columns = useColumns(userColumns, { widths, key: 'riacho-rows-columns' });
  const [isMissing, setMissing] = useState(false);

  const find = useAction(async (signal, id: string) => {
    const { rows } = await client.rows.find({ id }, { signal });
    const [row] = rows;
    setMissing(row === undefined);
    setOpened(row && { row });
  });
  const { run: runFind } = find;
  const wanted = useStore(navigation, ({ rowId }) => rowId);
  useEffect(() => {
    if (wanted === undefined) return;
    navigation.setState({ rowId: undefined });
    void runFind(wanted);
  }, [wanted, navigation, runFind]);

  const count = useAction(async (signal) =>
    pages.setTotal(await client.rows.count(undefined, { signal }), true),
  );
  const reload = (): void => {
    pages.refresh();
    void measure();
  };
  const select = useCallback(
    (position: number) => {
      const row = pages.rowAt(position);
      setOpened({ position, ...(row && { row }) });
    },
    [pages],
  );
  const close = useCallback(() => setOpened(undefined), []);

  const isEmpty = usePages(pages, ({ total }) => total === 0);
  const pagesFault = usePages(pages, (now) => now.fault);
  const fault = find.fault ?? count.fault ?? (size.status === 'failed' ? size.fault : pagesFault);
  if (size.status === 'known' && isEmpty && opened === undefined) {
    return (
      <EmptyState
        icon={Waves}
        title={t('screens.rows.empty')}
        text={t('screens.rows.emptyText')}
        action={{ label: t('screens.rows.openLab'), onClick: () => navigation.setState({ screen: 'lab' }) }}
      />
    );
  }
  return (
    <div className={classes.table}>
      <TableBar
        pages={pages}
        isKnown={size.status === 'known'}
        columns={columns}
        count={count}
        find={find}
        onReload={reload}
        onGoTo={(position) => grid.current?.scrollTo(position)}
      />
      {isMissing && !find.isBusy && (
        <div className={classes.note} role="status">
          {t('screens.rows.notFound')}
          <Button variant="subtle" size="compact-sm" onClick={() => setMissing(false)}>
            {t('screens.frame.close')}
          </Button>
        </div>
      )}
      {fault && (
        <FaultNote
          fault={fault}
          onClose={find.fault ? find.clear : count.fault ? count.clear : undefined}
          action={
            find.fault || count.fault ? undefined : { label: t('screens.frame.tryAgain'), onClick: reload }
          }
        />
      )}
      <div className={classes.body} onKeyDown={onEscape(close)}>
        <TableGrid
          pages={pages}
          columns={columns}
          grid={grid}
          selected={opened?.position}
          onSelect={select}
        />
        {opened && <OpenRow pages={pages} opened={opened} onClose={close} />}
      </div>
    </div>
  );
}

interface GridProps {
  pages: RowPages;
  columns: Columns;
  grid: RefObject<EvenRowsHandle | null>;
  selected: number | undefined;
  onSelect: (position: number) => void;
}

/** Drawn anew with each page that comes; what stands around it is not. */
const TableGrid = memo(function TableGrid({ pages, columns, grid, selected, onSelect }: GridProps) {
  const { t, i18n } = useTranslation();
  usePages(pages, (now) => now.version());
  const onShown = useCallback((first: number, last: number) => pages.show(first, last), [pages]);
  const { language } = i18n;
  const place = useMemo(
    () => ({
      title: t('screens.rows.position'),
      hint: t('screens.rows.reckoned'),
      width: 108,
      of: (index: number) => `${pages.isPlaced(index) ? '' : '≈ '}${whole(index + 1)}`,
    }),
    // The words change with the language only.
    [pages, language],
  );
  return (
    <DataGrid
      ref={grid}
      label={t('screens.rows.table')}
      columns={columns}
      count={pages.total}
      rowAt={(index) => pages.rowAt(index)}
      place={place}
      selected={selected}
      onSelect={onSelect}
      onShown={onShown}
    />
  );
});

interface OpenProps {
  pages: RowPages;
  opened: Opened;
  onClose: () => void;
}

function OpenRow({ pages, opened: { row, position }, onClose }: OpenProps) {
  const found = usePages(pages, (now) => row ?? (position === undefined ? undefined : now.rowAt(position)));
  return <RowPanel row={found} onClose={onClose} />;
}
