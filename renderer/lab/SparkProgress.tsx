// How far the Spark job is: what it does before it runs, and its last batch.
import { Progress } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useModel } from '../model/model.ts';
import { span, whole } from '../words/format.ts';
import classes from './RunCard.module.css';

export function SparkProgress() {
  const { t } = useTranslation();
  const { runs } = useModel();
  const step = useStore(runs, ({ consumer }) => consumer?.step);
  const batch = useStore(runs, ({ consumer }) => consumer?.batch);
  if (step) {
    const said = t(`sparkSteps.${step.kind}`, { ...step });
    return (
      <div role="status">
        <p className={classes.hint}>{said}</p>
        {step.kind === 'jars' && (
          <Progress size="sm" value={(step.done / step.total) * 100} aria-label={said} />
        )}
      </div>
    );
  }
  if (!batch) return null;
  const messages = whole(batch.written + batch.deadLetters);
  return <p className={classes.hint}>{t('screens.lab.lastBatch', { messages, span: span(batch.ms) })}</p>;
}
