// How many letters there are for each reason; a press shows those alone.
import { useTranslation } from 'react-i18next';
import type { DeadLetterReason } from '../../words/dead-letters.ts';
import { whole } from '../words/format.ts';
import classes from './ReasonChips.module.css';

export type Reason = DeadLetterReason | 'unknown';

interface Props {
  total: number;
  byReason: readonly { reason: Reason; count: number }[];
  /** Undefined for all. */
  reason: Reason | undefined;
  onReason: (reason: Reason | undefined) => void;
}

export function ReasonChips({ total, byReason, reason, onReason }: Props) {
  const { t } = useTranslation();
  const chips = [
    { of: undefined, label: t('screens.messages.allReasons'), count: total },
    ...byReason.map((one) => ({ of: one.reason, label: t(`reasons.${one.reason}`), count: one.count })),
  ];
  return (
    <div className={classes.chips} role="group" aria-label={t('screens.messages.reasonFilter')}>
      {chips.map(({ of, label, count }) => (
        <button
          key={label}
          type="button"
          className={classes.chip}
          aria-pressed={of === reason}
          onClick={() => onReason(of === reason ? undefined : of)}
        >
          {label} <span className={classes.count}>{whole(count)}</span>
        </button>
      ))}
    </div>
  );
}
