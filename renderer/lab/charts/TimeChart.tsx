// One chart over the last five minutes: its name and the newest values in writing, the lines below them.
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { StoreApi } from 'zustand/vanilla';
import { Later } from '../../parts/Later.tsx';
import { Num } from '../../parts/Num.tsx';
import { lazily } from '../../parts/lazily.ts';
import type { ChartProps, History, Line } from './chart-types.ts';
import classes from './TimeChart.module.css';

export const loadPlot = () => import('./Plot.tsx');
const Plot = lazily(loadPlot);

export function TimeChart({ title, lines, history, format, floor }: ChartProps) {
  const { t } = useTranslation();
  return (
    <div className={classes.chart}>
      <div className={classes.head}>
        <h3 className={classes.title}>{title}</h3>
        {lines.map(({ name, colour, of }) => (
          <span key={name} className={classes.key}>
            <i style={{ background: `var(${colour})` }} aria-hidden />
            {name === 'lag' ? '' : t(`screens.lab.${name}`)}
            <Newest history={history} of={of} format={format} />
          </span>
        ))}
      </div>
      <Later place={null}>
        <Plot lines={lines} history={history} format={format} floor={floor} />
      </Later>
    </div>
  );
}

function Newest({
  history,
  of,
  format,
}: {
  history: StoreApi<History>;
  of: Line['of'];
  format: ChartProps['format'];
}) {
  const newest = useRef(({ points }: History) => {
    const point = points.at(-1);
    return point === undefined ? undefined : (of(point) ?? undefined);
  });
  return <Num store={history} of={newest.current} format={format} />;
}
