// What can be done with a node: start and stop what runs, or go where its data is shown whole.
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useModel } from '../../model/model.ts';
import type { Navigation } from '../../model/navigation.ts';
import { useAction } from '../../model/use-action.ts';
import { FaultNote } from '../../parts/FaultNote.tsx';
import type { NodeName } from '../canvas/nodes.ts';
import { isActive } from '../run-state.ts';
import classes from './Inspector.module.css';

export function NodeActions({ node }: { node: NodeName }) {
  const { t } = useTranslation();
  const { client, runs, navigation } = useModel();
  const isProducing = useStore(runs, ({ producer }) => isActive(producer?.state));
  const isConsuming = useStore(runs, ({ consumer }) => isActive(consumer?.state));
  const stop = useAction(() => (node === 'consumer' ? client.consumer.stop() : client.producer.stop()));
  const go = (patch: Partial<Navigation>) => () => navigation.setState(patch);
  const canStop =
    node === 'consumer' ? isConsuming : isProducing && (node === 'source' || node === 'producer');
  return (
    <div className={classes.buttons}>
      {canStop && (
        <Button variant="default" loading={stop.isBusy} onClick={() => void stop.run()}>
          {t(node === 'consumer' ? 'screens.lab.stopConsuming' : 'screens.lab.stopProducing')}
        </Button>
      )}
      {stop.fault && <FaultNote fault={stop.fault} onClose={stop.clear} />}
      {node === 'table' || node === 'consumer' ? (
        <Button variant="default" onClick={go({ screen: 'rows' })}>
          {t('screens.lab.openRows')}
        </Button>
      ) : (
        <Button variant="default" onClick={go({ screen: 'messages' })}>
          {t('screens.lab.openMessages')}
        </Button>
      )}
      <Button variant="default" onClick={go({ screen: 'services' })}>
        {t('screens.lab.openServices')}
      </Button>
    </div>
  );
}
