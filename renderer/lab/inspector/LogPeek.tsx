// The last lines of the log that tells of a node; the whole of it stands on Services.
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { LogLine, LogName } from '../../../words/services.ts';
import { followLogs } from '../../api/logs.ts';
import { useModel } from '../../model/model.ts';
import { time } from '../../words/format.ts';
import { asides, isAside, type Inspected, type NodeName } from '../canvas/nodes.ts';
import classes from './Inspector.module.css';

const logOf: Record<NodeName, LogName> = {
  source: 'riacho',
  producer: 'riacho',
  topic: 'kafka',
  consumer: 'riacho',
  table: 'cassandra',
  deadLetters: 'kafka',
};
const keptLines = 60;

function logsOf(node: Inspected, isSpark: boolean): LogName[] {
  if (node === 'spark') return [...asides.spark.services, 'spark-job'];
  if (isAside(node)) return [...asides[node].services];
  return [node === 'consumer' && isSpark ? 'spark-job' : logOf[node]];
}

export function LogPeek({ node }: { node: Inspected }) {
  const { t } = useTranslation();
  const { client, runs } = useModel();
  const isSpark = useStore(runs, ({ consumer }) => consumer?.processor === 'spark');
  const names = useMemo(() => logsOf(node, isSpark), [node, isSpark]);
  const [lines, setLines] = useState<LogLine[]>();
  useEffect(() => {
    const leaving = new AbortController();
    void followLogs({
      client,
      names,
      signal: leaving.signal,
      onLines: (news) => setLines((known = []) => [...known, ...news].slice(-keptLines)),
      onFault: () => setLines((known) => known ?? []),
    });
    return () => leaving.abort();
  }, [names, client]);
  if (!lines) return <p className={classes.empty}>{t('screens.frame.loading')}</p>;
  if (lines.length === 0) return <p className={classes.empty}>{t('screens.lab.peekEmpty')}</p>;
  return (
    <pre className={classes.log}>
      {lines
        .toReversed()
        .map(({ at, name, text }) => `${time(at)} ${names.length > 1 ? `${name} ` : ''}${text}`)
        .join('\n')}
    </pre>
  );
}
