// All services of the stack, one under another; those of Docker closer together, since they are many.
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import { useModel } from '../../model/model.ts';
import classes from './ServiceList.module.css';
import { ServiceRow } from './ServiceRow.tsx';
import type { UsageState } from './use-usage.ts';

const heads = ['service', 'state', 'uptime', 'cpu', 'memory', 'address', 'actions'] as const;

export function ServiceList({ usage }: { usage: StoreApi<UsageState> }) {
  const { t } = useTranslation();
  const status = useStore(useModel().stack, (state) => state.status);
  if (!status) return null;
  const isUp = status.stack !== 'stopped' && status.stack !== 'absent';
  return (
    <section className={classes.list} aria-label={t('screens.services.list')} data-engine={status.engine}>
      <div className={classes.heads} aria-hidden>
        {heads.map((head) => (
          <span key={head} data-head={head}>
            {t(`screens.services.${head}`)}
          </span>
        ))}
      </div>
      <ul className={classes.services}>
        {status.services.map((service) => (
          <ServiceRow key={service.name} service={service} engine={status.engine} isUp={isUp} usage={usage} />
        ))}
      </ul>
    </section>
  );
}
