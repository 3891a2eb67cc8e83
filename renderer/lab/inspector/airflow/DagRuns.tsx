// The runs of the DAG, the newest first, each with its log one click away.
import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { Square } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DagRun } from '../../../../words/airflow.ts';
import { useModel } from '../../../model/model.ts';
import { useAction } from '../../../model/use-action.ts';
import { Dialog } from '../../../parts/Dialog.tsx';
import { FaultNote } from '../../../parts/FaultNote.tsx';
import { dateTime } from '../../../words/format.ts';
import inspector from '../Inspector.module.css';
import classes from './Airflow.module.css';
import { DagRunLog } from './DagRunLog.tsx';
import { DagRunWord } from './DagRunWord.tsx';

export function DagRuns({ runs, total }: { runs: readonly DagRun[]; total: number }) {
  const { t } = useTranslation();
  // The run stays when its dialog closes, which takes a moment.
  const [isOpen, setOpen] = useState(false);
  const [openId, setOpenId] = useState<string>();
  const opened = runs.find(({ id }) => id === openId);
  const open = (id: string): void => {
    setOpenId(id);
    setOpen(true);
  };
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
      <Dialog
        isOpen={isOpen && opened !== undefined}
        onClose={() => setOpen(false)}
        title={t('screens.airflow.log', { run: opened ? placeOf(opened) : '' })}
        width={960}
      >
        {opened && <DagRunLog run={opened} />}
      </Dialog>
    </section>
  );
}

/** By what a person knows a run: when it began, or its id. */
function placeOf({ startedAt, id }: DagRun): string {
  return startedAt === undefined ? id : dateTime(startedAt);
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
