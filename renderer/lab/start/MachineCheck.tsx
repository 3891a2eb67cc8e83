// A light look at this machine before the first start: memory, disk, ports. What is short is said, and hinders nobody.
import { useTranslation } from 'react-i18next';
import { useModel } from '../../model/model.ts';
import { useLoaded } from '../../model/use-loaded.ts';
import { FaultNote } from '../../parts/FaultNote.tsx';
import classes from './MachineCheck.module.css';

const looked = ['memory', 'disk', 'ports'];

export function MachineCheck({ engine }: { engine: string }) {
  const { t } = useTranslation();
  const { client } = useModel();
  // Each engine asks other things of the machine.
  const { loaded } = useLoaded(engine, (signal) => client.doctor.check(undefined, { signal }));
  const findings = loaded.status === 'loaded' ? loaded.value.filter(({ name }) => looked.includes(name)) : [];
  return (
    <>
      <dl className={classes.facts} aria-label={t('screens.lab.thisMachine')}>
        {findings
          .filter(({ fault }) => fault === undefined)
          .map(({ name, detail }) => (
            <div key={name}>
              <dt>{t(`findings.${name}`)}</dt>
              <dd>{detail}</dd>
            </div>
          ))}
      </dl>
      {findings.map(
        ({ name, fault }) =>
          fault && (
            <div key={name} className={classes.fault}>
              <FaultNote fault={fault} tone="attention" />
            </div>
          ),
      )}
    </>
  );
}
