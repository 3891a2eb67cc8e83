// The log of one run, as long as it is at work looked at anew; its end is in sight unless somebody scrolls up.
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DagRun, DagRunLog as Log } from '../../../../words/airflow.ts';
import { faultOf, type Fault } from '../../../../words/errors.ts';
import { pause } from '../../../api/pull.ts';
import { useModel } from '../../../model/model.ts';
import { CopyButton } from '../../../parts/CopyButton.tsx';
import { FaultNote } from '../../../parts/FaultNote.tsx';
import inspector from '../Inspector.module.css';
import classes from './Airflow.module.css';
import { DagRunWord } from './DagRunWord.tsx';

const lookMs = 1_500;
/** So near its end it is followed, px. */
const nearEnd = 40;

type Seen = { status: 'asking' } | { status: 'seen'; log: Log } | { status: 'failed'; fault: Fault };

export function DagRunLog({ run }: { run: DagRun }) {
  const { t } = useTranslation();
  const seen = useLog(run);
  const lines = seen.status === 'seen' ? seen.log.lines : [];
  const task = seen.status === 'seen' ? seen.log.task : '';
  return (
    <div className={classes.logParts}>
      <div className={classes.line}>
        <DagRunWord run={run} />
        <span className={classes.facts}>{task !== '' && t('screens.airflow.task', { task })}</span>
        {lines.length > 0 && <CopyButton value={lines.join('\n')} label={t('screens.airflow.copyLog')} />}
      </div>
      {run.fault && <FaultNote fault={run.fault} />}
      {seen.status === 'failed' && <FaultNote fault={seen.fault} />}
      {seen.status === 'asking' && <p className={inspector.empty}>{t('screens.frame.loading')}</p>}
      {seen.status === 'seen' && <Lines log={seen.log} />}
    </div>
  );
}

function Lines({ log: { lines, isCut } }: { log: Log }) {
  const { t } = useTranslation();
  const box = useRef<HTMLPreElement>(null);
  const isAtEnd = useRef(true);
  useLayoutEffect(() => {
    if (box.current && isAtEnd.current) box.current.scrollTop = box.current.scrollHeight;
  }, [lines]);
  if (lines.length === 0) return <p className={inspector.empty}>{t('screens.airflow.noLog')}</p>;
  return (
    <>
      {isCut && <p className={inspector.empty}>{t('screens.airflow.cut')}</p>}
      <pre
        ref={box}
        className={classes.log}
        tabIndex={0}
        role="log"
        aria-live="off"
        onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
          isAtEnd.current = scrollHeight - scrollTop - clientHeight < nearEnd;
        }}
      >
        {lines.join('\n')}
      </pre>
    </>
  );
}

/** Asked for again while the run is at work, and once more when it has ended. */
function useLog({ id, endedAt }: DagRun): Seen {
  const { client } = useModel();
  const [seen, setSeen] = useState<Seen>({ status: 'asking' });
  useEffect(() => {
    const { signal, abort } = withAbort();
    const follow = async (): Promise<void> => {
      do {
        try {
          const log = await client.airflow.log({ run: id }, { signal });
          if (!signal.aborted) setSeen({ status: 'seen', log });
        } catch (error) {
          if (!signal.aborted) setSeen({ status: 'failed', fault: faultOf(error) });
        }
        await pause(lookMs, signal);
      } while (endedAt === undefined && !signal.aborted);
    };
    void follow();
    return abort;
  }, [client, id, endedAt]);
  return seen;
}

function withAbort(): { signal: AbortSignal; abort: () => void } {
  const leaving = new AbortController();
  return { signal: leaving.signal, abort: () => leaving.abort() };
}
