// The bottom bar: the sum that must hold, live, and the last thing that was done. A click opens Activity.
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { RunsFrame } from '../../contract/contract.ts';
import type { TopicSum } from '../../words/runs.ts';
import { useModel } from '../model/model.ts';
import { outcomeOf } from './outcome.ts';
import { Num } from '../parts/Num.tsx';
import { time, whole } from '../words/format.ts';
import classes from './BottomBar.module.css';

const of = {
  inTopic: ({ sum }: RunsFrame) => sum?.inTopic,
  skipped: ({ sum }: RunsFrame) => sum?.skipped,
  written: ({ sum }: RunsFrame) => sum?.written,
  deadLetters: ({ sum }: RunsFrame) => sum?.deadLetters,
  waiting: ({ sum }: RunsFrame) => sum?.waiting,
} satisfies Record<keyof TopicSum, unknown>;

const terms = ['skipped', 'written', 'deadLetters', 'waiting'] as const;

export function BottomBar() {
  const { t } = useTranslation();
  const { runs, stack, navigation } = useModel();
  const isUp = useStore(stack, (state) => state.isUp);
  const isLost = useStore(useModel().connection, ({ status }) => status === 'lost');
  const term = (name: keyof TopicSum) => (
    <span className={classes.term} data-term={name}>
      {t(`screens.frame.${name}`)}{' '}
      <Num store={runs} of={of[name]} format={whole} className={classes.number ?? ''} />
    </span>
  );
  return (
    <footer className={classes.bar}>
      <div className={classes.sum} role="group" aria-label={t('screens.frame.sum')} data-lost={isLost}>
        {isUp ? (
          <>
            {term('inTopic')}
            {terms.map((name, index) => (
              <span key={name} className={classes.part}>
                <span aria-hidden className={classes.sign}>
                  {index === 0 ? '=' : '+'}
                </span>
                {term(name)}
              </span>
            ))}
          </>
        ) : (
          <span className={classes.none}>{t('screens.frame.noSum')}</span>
        )}
      </div>
      <div className={classes.activity}>
        <LastAction />
        <button
          type="button"
          className={classes.word}
          onClick={() => navigation.setState({ isActivityOpen: true })}
        >
          {t('screens.frame.activity')}
        </button>
      </div>
    </footer>
  );
}

function LastAction() {
  const { t } = useTranslation();
  const last = useStore(useModel().activity, ({ entries }) => entries.at(-1));
  if (!last) return null;
  return (
    <span className={classes.last}>
      {time(last.startedAt)} · {t(`screens.frame.actions.${last.action}`)} ·{' '}
      <span data-status={last.status} className={classes.status}>
        {t(`screens.frame.${outcomeOf(last)}`)}
      </span>
    </span>
  );
}
