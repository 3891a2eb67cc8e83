// Says that the app does not answer, and goes away by itself when it does again.
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useModel } from '../model/model.ts';
import { FaultNote } from '../parts/FaultNote.tsx';
import classes from './ConnectionNote.module.css';

/** The first connection takes a moment; only a longer silence is worth a word. */
const patienceMs = 800;

export function ConnectionNote() {
  const { t } = useTranslation();
  const status = useStore(useModel().connection, (state) => state.status);
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    if (status !== 'connecting') return undefined;
    const timer = setTimeout(() => setLate(true), patienceMs);
    return () => clearTimeout(timer);
  }, [status]);
  if (status === 'lost')
    return <FaultNote fault={{ code: 'CONNECTION_LOST', params: {} }} tone="attention" />;
  if (status === 'connecting' && isLate) {
    return (
      <p className={classes.connecting} role="status">
        {t('screens.frame.connecting')}
      </p>
    );
  }
  return null;
}
