// The lab's DAG in Airflow: whether it runs by its plan, one more run of it, and the runs there were.
import { Switch } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { airflowDag, type AirflowFrame } from '../../../../words/airflow.ts';
import type { ErrorCode } from '../../../../words/errors.ts';
import { useModel } from '../../../model/model.ts';
import { useAction } from '../../../model/use-action.ts';
import { usePull } from '../../../model/use-pull.ts';
import { FaultNote } from '../../../parts/FaultNote.tsx';
import { dateTime } from '../../../words/format.ts';
import inspector from '../Inspector.module.css';
import classes from './Airflow.module.css';
import { DagRuns } from './DagRuns.tsx';
import { TriggerForm } from './TriggerForm.tsx';

/** What passes by itself, more often than not. */
const passing: readonly ErrorCode[] = ['AIRFLOW_NOT_READY', 'AIRFLOW_UNREACHABLE', 'AIRFLOW_DAG_MISSING'];

export function AirflowRuns() {
  const { t } = useTranslation();
  const { client } = useModel();
  const [frame, setFrame] = useState<AirflowFrame>({ status: 'asking' });
  usePull('airflow', client.airflow.next, { onFrame: (framed) => setFrame(framed.frame) });
  switch (frame.status) {
    case 'asking':
      return <p className={inspector.empty}>{t('screens.frame.loading')}</p>;
    case 'away':
      return (
        <div className={classes.parts}>
          <FaultNote fault={frame.fault} tone={passing.includes(frame.fault.code) ? 'attention' : 'bad'} />
          {frame.trace !== undefined && <pre className={inspector.log}>{frame.trace}</pre>}
        </div>
      );
    case 'ready':
      return (
        <div className={classes.parts}>
          <Plan isPaused={frame.isPaused} nextRunAt={frame.nextRunAt} />
          <TriggerForm />
          <DagRuns runs={frame.runs} total={frame.total} />
        </div>
      );
  }
}

function Plan({ isPaused, nextRunAt }: { isPaused: boolean; nextRunAt: number | undefined }) {
  const { t } = useTranslation();
  const { client } = useModel();
  const change = useAction((signal, pause: boolean) =>
    client.airflow.setPaused({ isPaused: pause }, { signal }),
  );
  return (
    <section>
      <p className={classes.dag}>
        <span>{t('screens.airflow.dag')}</span> <code>{airflowDag}</code>
      </p>
      <Switch
        label={t('screens.airflow.plan')}
        description={
          isPaused || nextRunAt === undefined
            ? t('screens.airflow.planOff')
            : t('screens.airflow.planOn', { at: dateTime(nextRunAt) })
        }
        checked={!isPaused}
        disabled={change.isBusy}
        onChange={(event) => void change.run(!event.currentTarget.checked)}
      />
      {change.fault && <FaultNote fault={change.fault} onClose={change.clear} />}
    </section>
  );
}
