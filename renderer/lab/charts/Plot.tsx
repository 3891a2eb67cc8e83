// The lines of one chart, drawn by uPlot in the theme's colours. Comes behind the cards: uPlot is heavy.
import 'uplot/dist/uPlot.min.css';
import { useComputedColorScheme, useMantineTheme } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import uPlot from 'uplot';
import { historySeconds } from '../../../contract/limits.ts';
import type { MetricPoint } from '../../../words/lab.ts';
import type { ChartProps, Line } from './chart-types.ts';
import classes from './TimeChart.module.css';

const token = (name: string): string =>
  getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function dataOf(points: readonly MetricPoint[], lines: readonly Line[]): uPlot.AlignedData {
  return [points.map(({ at }) => at / 1_000), ...lines.map(({ of }) => points.map(of))];
}

export default function Plot({ lines, history, format, floor }: Omit<ChartProps, 'title'>) {
  const { t, i18n } = useTranslation();
  const scheme = useComputedColorScheme('light');
  const { ref, width, height } = useElementSize();
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(undefined);
  const { fontFamily } = useMantineTheme();

  useEffect(() => {
    if (!box.current) return undefined;
    const grid = { stroke: token('--line'), width: 1 };
    const font = `11px ${token('--mono') || fontFamily}`;
    const ago = (at: number): string => {
      const seconds = Math.round(at - Date.now() / 1_000);
      return Math.abs(seconds) < 5 ? t('screens.lab.now') : `${Math.round(seconds / 60)} min`;
    };
    const chart = new uPlot(
      {
        width: 300,
        height: 80,
        cursor: { show: false },
        legend: { show: false },
        padding: [6, 22, 0, 0],
        scales: {
          x: { time: false, range: () => [Date.now() / 1_000 - historySeconds, Date.now() / 1_000] },
          y: { range: (_self, _min, max) => [0, Math.max(floor, max * 1.1)] },
        },
        axes: [
          {
            stroke: token('--ink2'),
            font,
            size: 20,
            gap: 2,
            grid: { show: false },
            ticks: { show: false },
            splits: () => [240, 180, 120, 60, 0].map((back) => Date.now() / 1_000 - back),
            values: (_self, splits) => splits.map(ago),
          },
          {
            stroke: token('--ink2'),
            font,
            size: 62,
            gap: 4,
            space: 26,
            grid,
            ticks: { show: false },
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
      dataOf(history.getState().points, lines),
      box.current,
    );
    plot.current = chart;
    const unsubscribe = history.subscribe(({ points }) => chart.setData(dataOf(points, lines)));
    return () => {
      unsubscribe();
      chart.destroy();
      plot.current = undefined;
    };
    // Colours and words are read when the chart is made: another theme or language makes another.
  }, [scheme, i18n.language, history, lines, format, floor, fontFamily, t]);

  useEffect(() => {
    if (width > 0 && height > 0) plot.current?.setSize({ width, height });
  }, [width, height, scheme, i18n.language]);

  return (
    <div ref={ref} className={classes.canvas}>
      <div ref={box} className={classes.canvas} />
    </div>
  );
}
