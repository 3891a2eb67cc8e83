// The runs of the DAG, the newest first, each with its log one click away.
import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { Square } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DagRun, DagRunState } from '../../../../words/airflow.ts';
import type { ServiceState } from '../../../../words/stack.ts';
import { useModel } from '../../../model/model.ts';
import { useAction } from '../../../model/use-action.ts';
import { FaultNote } from '../../../parts/FaultNote.tsx';
import { StateDot } from '../../../parts/StateDot.tsx';
import { dateTime, span } from '../../../words/format.ts';
import inspector from '../Inspector.module.css';
import classes from './Airflow.module.css';
import { DagRunLog } from './DagRunLog.tsx';

/** A run looks as a service does that is as far. */
const looks: Record<DagRunState, ServiceState> = {
  queued: 'stopped',
  running: 'starting',
  success: 'healthy',
  failed: 'failed',
};

export function DagRuns({ runs, total }: { runs: readonly DagRun[]; total: number }) {
  const { t } = useTranslation();
  const [openId, open] = useState<string>();
  const opened = runs.find(({ id }) => id === openId);
  return (
    <section aria-label={t('screens.airflow.runs')}>
      <h3 className={classes.heading}>
        {t('screens.airflow.runs')}
        {total > runs.length && (
          <span className={classes.shown}>
            {t('screens.airflow.shown', { shown: String(runs.length), total: String(total) })}
          </span>
        )}
      </h3>
      {runs.length === 0 ? (
        <p className={inspector.empty}>{t('screens.airflow.noRunsText')}</p>
      ) : (
        <ul className={classes.runs}>
          {runs.map((run) => (
            <Run key={run.id} run={run} onOpen={() => open(run.id)} />
          ))}
        </ul>
      )}
      {opened && <DagRunLog run={opened} onClose={() => open(undefined)} />}
    </section>
  );
}

function Run({ run, onOpen }: { run: DagRun; onOpen: () => void }) {
  const { t } = useTranslation();
  const { client } = useModel();
  const stop = useAction((signal) => client.airflow.stop({ run: run.id }, { signal }));
  const at = run.startedAt === undefined ? '' : dateTime(run.startedAt);
  const isActive = run.endedAt === undefined;
  return (
    <li className={classes.run} aria-label={`${at} ${t(`screens.airflow.states.${run.state}`)}`}>
      <div className={classes.line}>
        <DagRunWord run={run} />
        <div className={classes.buttons}>
          {isActive && (
            <Tooltip label={t('screens.airflow.stop')} openDelay={400}>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t('screens.airflow.stop')}
                loading={stop.isBusy}
                onClick={() => void stop.run()}
              >
                <Square size={14} />
              </ActionIcon>
            </Tooltip>
          )}
          <Button size="compact-sm" variant="default" onClick={onOpen}>
            {t('screens.airflow.openLog')}
          </Button>
        </div>
      </div>
      <p className={classes.facts}>
        {[at, t(`screens.airflow.kinds.${run.kind}`), run.detail].filter(Boolean).join(' · ')}
      </p>
      {run.fault && <FaultNote fault={run.fault} />}
      {stop.fault && <FaultNote fault={stop.fault} onClose={stop.clear} />}
    </li>
  );
}

/** How a run is, and for how long it has been or was at work. */
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
