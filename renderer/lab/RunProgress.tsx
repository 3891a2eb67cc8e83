// How much of a run's time has passed, and what is left of it.
import { Progress } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { span } from '../words/format.ts';
import classes from './RunCard.module.css';

/** Both in epoch ms. */
interface Props {
  startedAt: number;
  endsAt: number;
}

export function RunProgress({ startedAt, endsAt }: Props) {
  const { t } = useTranslation();
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, []);
  const share = Math.min(1, Math.max(0, (now - startedAt) / (endsAt - startedAt)));
  const left = t('screens.lab.remaining', {
    span: span(Math.ceil(Math.max(0, endsAt - now) / 1_000) * 1_000),
  });
  return (
    <div className={classes.progress}>
      <Progress size="sm" value={share * 100} aria-label={left} className={classes.bar ?? ''} />
      <span>{left}</span>
    </div>
  );
}
