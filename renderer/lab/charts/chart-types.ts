// What a chart is told: which lines, of what, and how their values are written.
import type { StoreApi } from 'zustand/vanilla';
import type { MetricPoint } from '../../../words/lab.ts';

export interface History {
  points: readonly MetricPoint[];
}

export interface Line {
  name: 'produced' | 'written' | 'lag' | 'p50' | 'p95';
  /** A token of tokens.css. */
  colour: '--stone' | '--water' | '--amber';
  of: (point: MetricPoint) => number | null;
  isFilled?: boolean;
}

export interface ChartProps {
  title: string;
  lines: Line[];
  history: StoreApi<History>;
  format: (value: number) => string;
  /** The least that the axis shows, so that a quiet line does not look like a storm. */
  floor: number;
}
