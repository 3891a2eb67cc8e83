// A service's state as a dot beside its word: form and colour say it, never colour alone.
import { useTranslation } from 'react-i18next';
import type { ServiceState } from '../../words/stack.ts';
import classes from './StateDot.module.css';

export function StateDot({ state }: { state: ServiceState }) {
  const { t } = useTranslation();
  return (
    <span className={classes.state} data-state={state}>
      <span className={classes.dot} aria-hidden />
      {t(`states.${state}`)}
    </span>
  );
}
