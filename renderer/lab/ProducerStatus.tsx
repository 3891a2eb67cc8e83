// How the producer's run goes: how far, how many, where the records come from, what it waits for.
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { RunsFrame } from '../../contract/contract.ts';
import { useModel } from '../model/model.ts';
import { FaultNote } from '../parts/FaultNote.tsx';
import { Num } from '../parts/Num.tsx';
import { span, whole } from '../words/format.ts';
import classes from './RunCard.module.css';
import { RunProgress } from './RunProgress.tsx';
import { isActive, stateWord } from './run-state.ts';

const produced = ({ producer }: RunsFrame) => producer?.produced;
const spoiled = ({ producer }: RunsFrame) => producer?.spoiled;

export function ProducerStatus() {
  const { t } = useTranslation();
  const { runs } = useModel();
  const state = useStore(runs, ({ producer }) => producer?.state);
  const fellBack = useStore(runs, ({ producer }) => producer?.fellBack);
  const startedAt = useStore(runs, ({ producer }) => producer?.startedAt);
  const endsAt = useStore(runs, ({ producer }) => producer?.endsAt);
  const endedAt = useStore(runs, ({ producer }) => producer?.endedAt);
  if (!state || startedAt === undefined) return null;
  return (
    <>
      {fellBack && isActive(state) && (
        <p className={classes.hint} role="status">
          {t('screens.lab.fellBack', { detail: String(fellBack.params['detail'] ?? fellBack.code) })}
        </p>
      )}
      {state.status === 'waiting' && state.fault && <FaultNote fault={state.fault} tone="attention" />}
      {state.status === 'failed' && <FaultNote fault={state.fault} />}
      {isActive(state) && endsAt !== undefined && <RunProgress startedAt={startedAt} endsAt={endsAt} />}
      <div className={classes.status}>
        <span>
          <strong>
            <Num store={runs} of={produced} format={whole} />
          </strong>{' '}
          {t('screens.lab.produced')} · <Num store={runs} of={spoiled} format={whole} />{' '}
          {t('screens.lab.spoiledCount')}
        </span>
        <span>
          {stateWord(state, t)}
          {endedAt !== undefined && ` · ${span(endedAt - startedAt)}`}
        </span>
      </div>
    </>
  );
}
