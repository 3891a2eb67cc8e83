// Engine, version and state of the stack in a few words, told to screen readers when they change.
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useModel } from '../model/model.ts';
import classes from './StackWord.module.css';

export function StackWord() {
  const { t } = useTranslation();
  const status = useStore(useModel().stack, (state) => state.status);
  if (!status) return null;
  const versions = status.services
    .flatMap(({ name, version }) => (version === undefined ? [] : [`${t(`services.${name}`)} ${version}`]))
    .join(' · ');
  return (
    <div className={classes.stack} role="status">
      <span className={classes.engine}>{t(`screens.frame.engines.${status.engine}`)}</span>
      <span className={classes.state} data-state={status.stack}>
        {t(`screens.frame.stackStates.${status.stack}`)}
      </span>
      {versions !== '' && status.stack === 'healthy' && <span className={classes.versions}>{versions}</span>}
    </div>
  );
}
