// One sentence on what to do next, for whoever sees a pipeline for the first time.
import { ArrowRight } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { RunsFrame } from '../../../contract/contract.ts';
import { useModel } from '../../model/model.ts';
import type { Navigation } from '../../model/navigation.ts';
import { isActive } from '../run-state.ts';
import classes from './NextStep.module.css';

type Step = 'produce' | 'consume' | 'look' | 'letters' | 'rows';

function stepOf({ producer, consumer, sum }: RunsFrame): Step | undefined {
  if (!sum) return undefined;
  const isProducing = isActive(producer?.state);
  const isConsuming = isActive(consumer?.state);
  if (isProducing && isConsuming) return 'look';
  if (!isConsuming && sum.waiting > 0) return 'consume';
  if (sum.inTopic === 0) return isProducing ? 'consume' : 'produce';
  if (sum.deadLetters > 0) return 'letters';
  return sum.waiting === 0 ? 'rows' : 'look';
}

const goals: Partial<Record<Step, { label: 'openDeadLetters' | 'openRows'; to: Partial<Navigation> }>> = {
  letters: { label: 'openDeadLetters', to: { screen: 'messages', wantsDeadLetters: true } },
  rows: { label: 'openRows', to: { screen: 'rows' } },
};

export function NextStep() {
  const { t } = useTranslation();
  const { runs, navigation } = useModel();
  const step = useStore(runs, stepOf);
  if (!step) return null;
  const goal = goals[step];
  return (
    <p className={classes.step} role="status">
      {t(`screens.lab.nextSteps.${step}`)}
      {goal && (
        <button type="button" className={classes.go} onClick={() => navigation.setState(goal.to)}>
          {t(`screens.lab.${goal.label}`)} <ArrowRight size={14} aria-hidden />
        </button>
      )}
    </p>
  );
}
