// What lies behind one node: facts, a live peek at its data, its log, what can be done with it.
import { ActionIcon, Tabs } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { isAside, type Inspected } from '../canvas/nodes.ts';
import { AirflowRuns } from './airflow/AirflowRuns.tsx';
import { AsideActions } from './AsideActions.tsx';
import { AsideFacts } from './AsideFacts.tsx';
import { Facts } from './Facts.tsx';
import classes from './Inspector.module.css';
import { LogPeek } from './LogPeek.tsx';
import { NodeActions } from './NodeActions.tsx';
import { Peek } from './Peek.tsx';
import { RegistrySchema } from './RegistrySchema.tsx';

interface Props {
  node: Inspected;
  onClose: () => void;
}

/** What a node is opened for, where that is more than its facts. */
const firstTab: Partial<Record<Inspected, string>> = { airflow: 'runs', registry: 'schema' };

export default function Inspector({ node, onClose }: Props) {
  const { t } = useTranslation();
  const panel = useRef<HTMLElement>(null);
  // A dialog that was opened from here takes its own Esc.
  useHotkeys([['Escape', ({ target }) => !isInDialog(target) && onClose()]]);
  useEffect(() => panel.current?.focus(), []);
  const title = t(`screens.lab.nodes.${node}`);
  return (
    <aside ref={panel} className={classes.inspector} aria-label={title} tabIndex={-1}>
      <header className={classes.header}>
        <h2 className={classes.title}>{title}</h2>
        <ActionIcon variant="subtle" color="gray" aria-label={t('screens.frame.close')} onClick={onClose}>
          <X size={18} />
        </ActionIcon>
      </header>
      <Tabs defaultValue={firstTab[node] ?? 'overview'} keepMounted={false} className={classes.tabs ?? ''}>
        <Tabs.List>
          {node === 'airflow' && <Tabs.Tab value="runs">{t('screens.airflow.tab')}</Tabs.Tab>}
          {node === 'registry' && <Tabs.Tab value="schema">{t('screens.lab.schema.title')}</Tabs.Tab>}
          <Tabs.Tab value="overview">{t('screens.lab.overview')}</Tabs.Tab>
          {!isAside(node) && <Tabs.Tab value="data">{t('screens.lab.data')}</Tabs.Tab>}
          <Tabs.Tab value="logs">{t('screens.lab.logs')}</Tabs.Tab>
          <Tabs.Tab value="actions">{t('screens.lab.actions')}</Tabs.Tab>
        </Tabs.List>
        {node === 'airflow' && (
          <Tabs.Panel value="runs" className={classes.body ?? ''}>
            <AirflowRuns />
          </Tabs.Panel>
        )}
        <Tabs.Panel value="overview" className={classes.body ?? ''}>
          <p className={classes.about}>{t(`screens.lab.about.${node}`)}</p>
          {isAside(node) ? <AsideFacts aside={node} /> : <Facts node={node} />}
        </Tabs.Panel>
        {node === 'registry' && (
          <Tabs.Panel value="schema" className={classes.body ?? ''}>
            <RegistrySchema />
          </Tabs.Panel>
        )}
        {!isAside(node) && (
          <Tabs.Panel value="data" className={classes.body ?? ''}>
            <Peek node={node} />
          </Tabs.Panel>
        )}
        <Tabs.Panel value="logs" className={classes.body ?? ''}>
          <LogPeek node={node} />
        </Tabs.Panel>
        <Tabs.Panel value="actions" className={classes.body ?? ''}>
          {isAside(node) ? <AsideActions aside={node} /> : <NodeActions node={node} />}
        </Tabs.Panel>
      </Tabs>
    </aside>
  );
}

function isInDialog(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('[role="dialog"]') !== null;
}
