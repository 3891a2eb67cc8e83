// What would become of the letter as it is now, in one sentence.
import { CircleCheck, CircleX } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { faultWords } from '../words/fault-words.ts';
import classes from './LetterVerdict.module.css';
import type { Verdict } from './use-verdict.ts';

export function LetterVerdict({ verdict }: { verdict: Verdict }) {
  const { t } = useTranslation();
  return (
    <p className={classes.verdict} role="status">
      {verdict.status === 'judging' && t('screens.messages.judging')}
      {verdict.status === 'failed' && faultWords(verdict.fault, t).what}
      {verdict.status === 'judged' && verdict.reason === undefined && (
        <>
          <CircleCheck size={16} aria-hidden className={classes.good} />
          {t('screens.messages.becomesRow')}
        </>
      )}
      {verdict.status === 'judged' && verdict.reason !== undefined && (
        <>
          <CircleX size={16} aria-hidden className={classes.bad} />
          {verdict.field === undefined
            ? t('screens.messages.refusedAgain', { reason: t(`reasons.${verdict.reason}`) })
            : t('screens.messages.refusedAgainField', {
                reason: t(`reasons.${verdict.reason}`),
                field: verdict.field,
              })}
        </>
      )}
    </p>
  );
}
