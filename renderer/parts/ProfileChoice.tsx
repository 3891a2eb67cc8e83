// How much of the Docker stack is wanted: each profile with what it brings and the memory that it may take.
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { EngineFinding } from '../../words/services.ts';
import type { StackProfile } from '../../words/stack.ts';
import { bytes } from '../words/format.ts';
import classes from './ProfileChoice.module.css';

interface Props {
  profiles: NonNullable<EngineFinding['profiles']>;
  chosen: StackProfile;
  onChoose: (profile: StackProfile) => void;
}

export function ProfileChoice({ profiles, chosen, onChoose }: Props) {
  const { t } = useTranslation();
  const name = useId();
  const hasControlCenter = profiles.some(({ services }) => services.includes('control-center'));
  return (
    <div className={classes.choice}>
      <p className={classes.hint} id={`${name}hint`}>
        {t('screens.frame.profileHint')}
      </p>
      <div
        className={classes.profiles}
        role="radiogroup"
        aria-label={t('screens.frame.profile')}
        aria-describedby={`${name}hint`}
      >
        {profiles.map((profile) => (
          <label key={profile.name} className={classes.profile}>
            <input
              type="radio"
              name={name}
              className={classes.radio}
              checked={profile.name === chosen}
              onChange={() => onChoose(profile.name)}
            />
            <span className={classes.name}>{t(`screens.frame.profiles.${profile.name}`)}</span>
            <span className={classes.memory}>
              {t('screens.frame.upTo', { size: bytes(profile.memoryBytes) })}
            </span>
            <span className={classes.text}>{t(`screens.frame.profileTexts.${profile.name}`)}</span>
          </label>
        ))}
      </div>
      {hasControlCenter && <p className={classes.hint}>{t('screens.frame.controlCenterWants')}</p>}
    </div>
  );
}
