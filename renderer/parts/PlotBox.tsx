// Where uPlot draws: as large as its place, in the theme's colours and type. Heavy: comes lazily, with what draws in it.
import 'uplot/dist/uPlot.min.css';
import { useComputedColorScheme, useMantineTheme } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import classes from './PlotBox.module.css';

/** The theme as it is now. */
export interface Paint {
  /** The value of a token of tokens.css. */
  token: (name: string) => string;
  /** What both axes look like. */
  axis: Pick<uPlot.Axis, 'stroke' | 'font' | 'ticks'>;
  grid: uPlot.Axis.Grid;
}

export interface Drawing {
  options: Omit<uPlot.Options, 'width' | 'height'>;
  data: uPlot.AlignedData;
  /** Brings newer data into the chart; returns what ends that. */
  follow?: (chart: uPlot) => () => void;
}

const token = (name: string): string =>
  getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** `draw`: another function makes another chart, as another theme does. What it shows is in writing elsewhere. */
export function PlotBox({ draw }: { draw: (paint: Paint) => Drawing }) {
  const scheme = useComputedColorScheme('light');
  const { fontFamily } = useMantineTheme();
  const { ref, width, height } = useElementSize();
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(undefined);

  useEffect(() => {
    if (!box.current) return undefined;
    const font = `11px ${token('--mono') || fontFamily}`;
    const { options, data, follow } = draw({
      token,
      axis: { stroke: token('--ink2'), font, ticks: { show: false } },
      grid: { stroke: token('--line'), width: 1 },
    });
    const still = { cursor: { show: false }, legend: { show: false } };
    // Its size follows at once.
    const chart = new uPlot({ width: 200, height: 60, ...still, ...options }, data, box.current);
    plot.current = chart;
    const unfollow = follow?.(chart);
    return () => {
      unfollow?.();
      chart.destroy();
      plot.current = undefined;
    };
  }, [draw, scheme, fontFamily]);

  useEffect(() => {
    if (width > 0 && height > 0) plot.current?.setSize({ width, height });
  }, [width, height, draw, scheme, fontFamily]);

  return (
    <div ref={ref} className={classes.plot} aria-hidden>
      <div ref={box} className={classes.canvas} />
    </div>
  );
}
