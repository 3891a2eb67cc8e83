// A service's state as a dot beside its word: form and colour say it, never colour alone.
import { useTranslation } from 'react-i18next';
import type { ServiceState } from '../../words/stack.ts';
import classes from './StateDot.module.css';

/** `word`: for what is as a service is, but called otherwise. */
export function StateDot({ state, word }: { state: ServiceState; word?: string }) {
  const { t } = useTranslation();
  return (
    <span className={classes.state} data-state={state}>
      <span className={classes.dot} aria-hidden />
      {word ?? t(`states.${state}`)}
    </span>
  );
}
