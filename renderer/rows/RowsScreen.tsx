// The Rows screen: the lab's table, and a console for anything else Cassandra holds.
import { Tabs } from '@mantine/core';
import { Database } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useModel } from '../model/model.ts';
import { EmptyState } from '../parts/EmptyState.tsx';
import { CqlConsole } from './cql/CqlConsole.tsx';
import { ExportButton } from './export/ExportButton.tsx';
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
            <ExportButton />
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
