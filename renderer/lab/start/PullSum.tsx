// How far all images together are, so that one look says how long the first start takes.
import { Progress } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ServiceStatus } from '../../../words/stack.ts';
import { bytes } from '../../words/format.ts';
import { sumOf, withPulls, type Pulls } from './pulls.ts';
import classes from './ServiceSteps.module.css';

export function PullSum({ services }: { services: readonly ServiceStatus[] }) {
  const { t } = useTranslation();
  const [pulls, setPulls] = useState<Pulls>({});
  useEffect(() => setPulls((known) => withPulls(known, services)), [services]);
  const { done, total } = sumOf(pulls);
  if (total === 0) return null;
  return (
    <div className={classes.sum}>
      <span className={classes.name}>{t('screens.lab.images')}</span>
      <Progress
        className={classes.whole ?? ''}
        size="md"
        value={(done / total) * 100}
        aria-label={t('screens.lab.images')}
      />
      <span className={classes.amount}>
        {t('screens.lab.portion', { done: bytes(done), total: bytes(total) })}
      </span>
    </div>
  );
}
