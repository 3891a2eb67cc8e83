// The lines of one chart over the last minutes, and on as they come.
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { AlignedData } from 'uplot';
import { historySeconds } from '../../../contract/limits.ts';
import type { MetricPoint } from '../../../words/lab.ts';
import { PlotBox, type Drawing, type Paint } from '../../parts/PlotBox.tsx';
import type { ChartProps, Line } from './chart-types.ts';

function dataOf(points: readonly MetricPoint[], lines: readonly Line[]): AlignedData {
  return [points.map(({ at }) => at / 1_000), ...lines.map(({ of }) => points.map(of))];
}

export default function Plot({ lines, history, format, floor }: Omit<ChartProps, 'title'>) {
  const { t } = useTranslation();
  const draw = useCallback(
    ({ token, axis, grid }: Paint): Drawing => {
      const ago = (at: number): string => {
        const seconds = Math.round(at - Date.now() / 1_000);
        return Math.abs(seconds) < 5 ? t('screens.lab.now') : `${Math.round(seconds / 60)} min`;
      };
      return {
        options: {
          padding: [6, 22, 0, 0],
          scales: {
            x: { time: false, range: () => [Date.now() / 1_000 - historySeconds, Date.now() / 1_000] },
            y: { range: (_self, _min, max) => [0, Math.max(floor, max * 1.1)] },
          },
          axes: [
            {
              ...axis,
              size: 20,
              gap: 2,
              grid: { show: false },
              splits: () => [240, 180, 120, 60, 0].map((back) => Date.now() / 1_000 - back),
              values: (_self, splits) => splits.map(ago),
            },
            {
              ...axis,
              size: 62,
              gap: 4,
              space: 26,
              grid,
              values: (_self, splits) => splits.map(format),
            },
          ],
          series: [
            {},
            ...lines.map(({ colour, isFilled }) => ({
              stroke: token(colour),
              width: 1.5,
              points: { show: false },
              ...(isFilled && { fill: `${token('--water-fill')}66` }),
            })),
          ],
        },
        data: dataOf(history.getState().points, lines),
        follow: (chart) => history.subscribe(({ points }) => chart.setData(dataOf(points, lines))),
      };
    },
    [history, lines, format, floor, t],
  );
  return <PlotBox draw={draw} />;
}
