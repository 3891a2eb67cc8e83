// Engine, profile, version and state of the stack in a few words, told to screen readers when they change.
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useModel } from '../model/model.ts';
import { profileOf } from '../model/stack-profile.ts';
import { labServices } from '../model/stack-state.ts';
import classes from './StackWord.module.css';

export function StackWord() {
  const { t } = useTranslation();
  const { stack, settings } = useModel();
  const status = useStore(stack, (state) => state.status);
  const wanted = useStore(settings, (state) => state.settings?.docker.profile);
  if (!status) return null;
  const { engine } = status;
  const profile = engine === 'docker' ? (profileOf(status) ?? wanted) : undefined;
  // Those that every lab has: nine of them have no room here.
  const versions = labServices
    .flatMap((name) => {
      const version = status.services.find((service) => service.name === name)?.version;
      return version === undefined ? [] : [`${t(`services.${name}`)} ${version}`];
    })
    .join(' · ');
  return (
    <div className={classes.stack} role="status">
      <span className={classes.engine}>
        {t(`screens.frame.engines.${engine}`)}
        {profile && ` · ${t(`screens.frame.profiles.${profile}`)}`}
      </span>
      <span className={classes.state} data-state={status.stack}>
        {t(`screens.frame.stackStates.${status.stack}`)}
      </span>
      {versions !== '' && status.stack === 'healthy' && <span className={classes.versions}>{versions}</span>}
    </div>
  );
}
