// How a run of the DAG is, in a word, and for how long it has been or was at work.
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DagRun, DagRunState } from '../../../../words/airflow.ts';
import type { ServiceState } from '../../../../words/stack.ts';
import { StateDot } from '../../../parts/StateDot.tsx';
import { span } from '../../../words/format.ts';
import classes from './Airflow.module.css';

/** A run looks as a service does that is as far. */
const looks: Record<DagRunState, ServiceState> = {
  queued: 'stopped',
  running: 'starting',
  success: 'healthy',
  failed: 'failed',
};

export function DagRunWord({ run: { state, startedAt, endedAt } }: { run: DagRun }) {
  const { t } = useTranslation();
  const now = useNow(startedAt !== undefined && endedAt === undefined);
  // What goes on is told in whole seconds.
  const until = endedAt ?? (startedAt ?? now) + Math.floor((now - (startedAt ?? now)) / 1_000) * 1_000;
  return (
    <span className={classes.word}>
      <StateDot state={looks[state]} word={t(`screens.airflow.states.${state}`)} />
      {startedAt !== undefined && <span className="mono">{span(Math.max(0, until - startedAt))}</span>}
    </span>
  );
}

/** Epoch ms, every second anew while it is wanted. */
function useNow(isWanted: boolean): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!isWanted) return undefined;
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [isWanted]);
  return now;
}
