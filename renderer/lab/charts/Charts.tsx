// The last five minutes: produced and written a second, lag, latency. One pull while the Lab is shown.
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { createStore } from 'zustand/vanilla';
import { historySeconds } from '../../../contract/limits.ts';
import type { MetricPoint } from '../../../words/lab.ts';
import { useModel } from '../../model/model.ts';
import { usePull } from '../../model/use-pull.ts';
import { Panel } from '../../parts/Panel.tsx';
import { decimal, perSecond, span, whole } from '../../words/format.ts';
import classes from './Charts.module.css';
import type { History, Line } from './chart-types.ts';
import { TimeChart } from './TimeChart.tsx';

const rateLines: Line[] = [
  { name: 'produced', colour: '--stone', of: ({ produced }) => produced },
  { name: 'written', colour: '--water', of: ({ written }) => written, isFilled: true },
];
const lagLines: Line[] = [{ name: 'lag', colour: '--water', of: ({ lag }) => lag ?? null, isFilled: true }];
const latencyLines: Line[] = [
  { name: 'p50', colour: '--water', of: ({ latency }) => latency?.p50Ms ?? null },
  { name: 'p95', colour: '--amber', of: ({ latency }) => latency?.p95Ms ?? null },
];

export function Charts() {
  const { t } = useTranslation();
  const { client } = useModel();
  const history = useMemo(() => createStore<History>(() => ({ points: [] })), []);
  usePull('metrics', client.metrics.next, {
    onFrame: ({ frame }) => history.setState(({ points }) => ({ points: joined(points, frame.points) })),
  });
  return (
    <Panel className={classes.panel} label={t('screens.lab.charts')}>
      <TimeChart
        title={t('screens.lab.chartRates')}
        floor={10}
        lines={rateLines}
        history={history}
        format={perSecond}
      />
      <TimeChart
        title={t('screens.lab.chartLag')}
        floor={10}
        lines={lagLines}
        history={history}
        format={whole}
      />
      <TimeChart
        title={t('screens.lab.chartLatency')}
        floor={20}
        lines={latencyLines}
        history={history}
        format={milliseconds}
      />
    </Panel>
  );
}

const milliseconds = (ms: number): string => {
  if (ms < 10) return `${decimal(ms)} ms`;
  return ms < 60_000 ? span(ms) : `${decimal(ms / 60_000)} min`;
};

/** A pull that began anew brings points that are known already. */
function joined(known: readonly MetricPoint[], news: readonly MetricPoint[]): MetricPoint[] {
  const first = news[0]?.at ?? Number.POSITIVE_INFINITY;
  return [...known.filter(({ at }) => at < first), ...news].slice(-historySeconds);
}
