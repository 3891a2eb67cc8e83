// The services of a further node, one under another.
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { servicesOf, type AsideName } from '../canvas/nodes.ts';
import { useModel } from '../../model/model.ts';
import { FaultNote } from '../../parts/FaultNote.tsx';
import classes from './Inspector.module.css';
import { serviceFacts } from './service-facts.tsx';

export function AsideFacts({ aside }: { aside: AsideName }) {
  const { t } = useTranslation();
  const status = useStore(useModel().stack, (state) => state.status);
  return servicesOf(aside, status?.services ?? []).map((service) => (
    <section key={service.name} className={classes.service}>
      <h3 className={classes.heading}>{t(`services.${service.name}`)}</h3>
      <dl className={classes.facts}>
        {serviceFacts(service).map(([name, value]) => (
          <div key={name}>
            <dt>{t(`screens.lab.facts.${name}`)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {service.fault && <FaultNote fault={service.fault} />}
      {service.said !== undefined && service.state !== 'healthy' && !service.fault && (
        <p className={classes.empty}>{t('screens.services.said', { said: service.said })}</p>
      )}
    </section>
  ));
}
