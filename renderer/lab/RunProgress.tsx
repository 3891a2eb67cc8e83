// How much of a run's time has passed and what is left, where it has an end.
import { Progress } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { span } from '../words/format.ts';
import classes from './RunCard.module.css';

interface Props {
  /** Epoch ms. */
  startedAt: number;
  seconds?: number | undefined;
}

export function RunProgress({ startedAt, seconds }: Props) {
  const { t } = useTranslation();
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, []);
  const elapsedMs = Math.max(0, now - startedAt);
  if (seconds === undefined) return null;
  const leftMs = Math.max(0, seconds * 1_000 - elapsedMs);
  const left = t('screens.lab.remaining', { span: span(Math.ceil(leftMs / 1_000) * 1_000) });
  return (
    <div className={classes.progress}>
      <Progress
        size="sm"
        value={Math.min(100, (elapsedMs / (seconds * 1_000)) * 100)}
        aria-label={left}
        className={classes.bar ?? ''}
      />
      <span>{left}</span>
    </div>
  );
}
