// One variable over time.
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { WeatherVariable } from '../../../words/weather-facts.ts';
import type { SeriesPoint } from '../../../words/weather.ts';
import { PlotBox, type Drawing, type Paint } from '../../parts/PlotBox.tsx';

/** Seconds between two marks of the time: what people count in. */
const hour = 3_600;
const timeSteps = [
  5 / hour,
  15 / hour,
  1 / 60,
  1 / 12,
  0.25,
  0.5,
  1,
  2,
  3,
  6,
  12,
  24,
  48,
  96,
  168,
  336,
  720,
  1_440,
  4_320,
  8_760,
].map((hours) => hours * hour);

/** Some air above and below; more where all is the same. */
function rangeOf(min: number, max: number): [number, number] {
  const air = Math.max((max - min) * 0.12, max === min ? Math.max(1, Math.abs(max) * 0.1) : 0);
  return [min - air, max + air];
}

interface Props {
  points: readonly SeriesPoint[];
  variable: WeatherVariable;
  format: (value: number) => string;
}

/** Hours within two days, with their seconds where it is minutes only; days beyond. */
function timeFormat(language: string, seconds: number): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(
    language,
    seconds < 2 * 86_400
      ? { ...(seconds < 600 && { second: '2-digit' }), hour: '2-digit', minute: '2-digit', hour12: false }
      : { day: '2-digit', month: '2-digit' },
  );
}

export default function WeatherPlot({ points, variable, format }: Props) {
  const { i18n } = useTranslation();
  const draw = useCallback(
    ({ token, axis, grid }: Paint): Drawing => {
      const first = points[0]?.at ?? 0;
      const last = points.at(-1)?.at ?? first;
      // One point alone stands in the middle.
      const edge = first === last ? hour / 2 : 0;
      const time = timeFormat(i18n.language, last - first);
      return {
        options: {
          padding: [6, 30, 0, 0],
          scales: {
            x: { time: false, range: () => [first - edge, last + edge] },
            y: { range: (_self, min, max) => rangeOf(min, max) },
          },
          axes: [
            {
              ...axis,
              size: 18,
              gap: 2,
              space: 72,
              incrs: timeSteps,
              grid: { show: false },
              values: (_self, splits) => splits.map((at) => time.format(at * 1_000)),
            },
            {
              ...axis,
              size: 66,
              gap: 4,
              space: 24,
              grid,
              values: (_self, splits) => splits.map(format),
            },
          ],
          series: [
            {},
            {
              stroke: token('--water'),
              fill: `${token('--water-fill')}66`,
              width: 1.5,
              points: { show: points.length < 3, size: 5, fill: token('--water') },
            },
          ],
        },
        data: [points.map(({ at }) => at), points.map((point) => point[variable])],
      };
    },
    [points, variable, format, i18n.language],
  );
  return <PlotBox draw={draw} />;
}
