// The Services screen: what runs and what it takes, and below it what it says.
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { logName, type LogName } from '../../words/services.ts';
import { useModel } from '../model/model.ts';
import { Notices } from './list/Notices.tsx';
import { ServiceList } from './list/ServiceList.tsx';
import { UsageBar } from './list/UsageBar.tsx';
import { useUsage } from './list/use-usage.ts';
import { LogsPanel } from './logs/LogsPanel.tsx';

export default function ServicesScreen() {
  const { t } = useTranslation();
  const usage = useUsage();
  const services = useStore(useModel().stack, ({ status }) =>
    status?.services.map(({ name }) => name).join(),
  );
  const isSpark = useStore(useModel().runs, ({ consumer }) => consumer?.processor === 'spark');
  const names = useMemo(() => namesOf(services, isSpark), [services, isSpark]);
  return (
    <>
      <h1 className="hidden">{t('screens.frame.services')}</h1>
      <UsageBar usage={usage} />
      <Notices />
      <ServiceList usage={usage} />
      <LogsPanel names={names} />
    </>
  );
}

/** The services' logs, the Spark job's where there is Spark, and Riacho's own. */
function namesOf(services: string | undefined, isSpark: boolean): LogName[] {
  const running = services?.split(',') ?? [];
  const further = isSpark || running.includes('spark-master') ? ['spark-job', 'riacho'] : ['riacho'];
  return logName.options.filter((name) => further.includes(name) || running.includes(name));
}
