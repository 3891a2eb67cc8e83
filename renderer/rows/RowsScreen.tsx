// The Rows screen: the lab's table, and a console for anything else Cassandra holds.
import { Tabs } from '@mantine/core';
import { Database } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { userColumns } from '../../words/users.ts';
import { useModel } from '../model/model.ts';
import { EmptyState } from '../parts/EmptyState.tsx';
import { CqlConsole } from './cql/CqlConsole.tsx';
import { ExportButton } from './export/ExportButton.tsx';
import type { ExportTarget } from './export/export-target.ts';
import classes from './RowsScreen.module.css';
import { RowsTable } from './table/RowsTable.tsx';

type View = 'table' | 'cql';

export default function RowsScreen() {
  const { t } = useTranslation();
  const { stack, navigation } = useModel();
  const state = useStore(
    stack,
    ({ status }) =>
      status && (status.services.find(({ name }) => name === 'cassandra')?.state ?? status.stack),
  );
  const target = useUsersExport();
  const [view, setView] = useState<View>('table');
  const [hasConsole, setConsole] = useState(false);
  const isUp = useStore(stack, (state) => state.isUp);
  const isRunning = isUp && state !== 'stopped';
  return (
    <>
      <h1 className="hidden">{t('screens.frame.rows')}</h1>
      {state !== undefined && !isRunning && (
        <EmptyState
          icon={Database}
          title={t('screens.rows.notRunning')}
          text={t('screens.rows.notRunningText')}
          action={{ label: t('screens.rows.openLab'), onClick: () => navigation.setState({ screen: 'lab' }) }}
        />
      )}
      {isRunning && (
        <Tabs
          value={view}
          onChange={(next) => {
            setView(next === 'cql' ? 'cql' : 'table');
            if (next === 'cql') setConsole(true);
          }}
          className={classes.tabs ?? ''}
        >
          <div className={classes.top}>
            <Tabs.List>
              <Tabs.Tab value="table">{t('screens.rows.table')}</Tabs.Tab>
              <Tabs.Tab value="cql">{t('screens.rows.cql')}</Tabs.Tab>
            </Tabs.List>
            <ExportButton target={target} />
          </div>
          <Tabs.Panel value="table" className={classes.panel ?? ''}>
            <RowsTable />
          </Tabs.Panel>
          <Tabs.Panel value="cql" className={classes.panel ?? ''}>
            {hasConsole && <CqlConsole />}
          </Tabs.Panel>
        </Tabs>
      )}
    </>
  );
}

function useUsersExport(): ExportTarget {
  const { t } = useTranslation();
  const { client } = useModel();
  return {
    columns: userColumns,
    fileName: t('screens.rows.export.fileName'),
    start: ({ columns, ...form }, options) => {
      const chosen = columns && userColumns.filter((column) => columns.includes(column));
      return client.export.start({ ...form, ...(chosen && { columns: chosen }) }, options);
    },
    next: client.export.next,
    cancel: client.export.cancel,
  };
}
