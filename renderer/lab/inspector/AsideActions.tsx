// What can be done with the services of a further node: open the page of each, restart it, go to Services.
import { Button } from '@mantine/core';
import { ExternalLink, RotateCcw } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { ServiceStatus } from '../../../words/stack.ts';
import { servicesOf, type AsideName } from '../canvas/nodes.ts';
import { useModel } from '../../model/model.ts';
import { useAction } from '../../model/use-action.ts';
import { FaultNote } from '../../parts/FaultNote.tsx';
import { AirflowLogin } from './airflow/AirflowLogin.tsx';
import classes from './Inspector.module.css';

export function AsideActions({ aside }: { aside: AsideName }) {
  const { t } = useTranslation();
  const { stack, navigation } = useModel();
  const status = useStore(stack, (state) => state.status);
  return (
    <div className={classes.buttons}>
      {aside === 'airflow' && <AirflowLogin />}
      {servicesOf(aside, status?.services ?? []).map((service) => (
        <ServiceActions key={service.name} service={service} />
      ))}
      <Button variant="default" onClick={() => navigation.setState({ screen: 'services' })}>
        {t('screens.lab.openServices')}
      </Button>
    </div>
  );
}

function ServiceActions({ service: { name, state, page } }: { service: ServiceStatus }) {
  const { t } = useTranslation();
  const { client } = useModel();
  // Not this page's signal: a node that is closed leaves the restart alone.
  const restart = useAction(() => client.services.restart({ service: name }));
  const service = t(`services.${name}`);
  return (
    <>
      {page !== undefined && (
        <Button
          component="a"
          href={page}
          target="_blank"
          rel="noreferrer"
          variant="default"
          leftSection={<ExternalLink size={14} aria-hidden />}
        >
          {t('screens.services.openPage', { service })}
        </Button>
      )}
      <Button
        variant="default"
        leftSection={<RotateCcw size={14} aria-hidden />}
        loading={restart.isBusy || state === 'starting' || state === 'stopping'}
        onClick={() => void restart.run()}
      >
        {t('screens.services.restart', { service })}
      </Button>
      {restart.fault && <FaultNote fault={restart.fault} onClose={restart.clear} />}
    </>
  );
}
