// A minute of a number as a small line; the newest at the right.
import classes from './ServiceList.module.css';
import { samplesMax } from './use-usage.ts';

interface Props {
  values: readonly number[];
  /** What fills the height; more than it does so too. */
  top: number;
  label: string;
}

const width = 96;
const height = 24;

export function Sparkline({ values, top, label }: Props) {
  const highest = Math.max(top, ...values);
  const step = width / (samplesMax - 1);
  const points = values.map((value, index) => {
    const x = width - (values.length - 1 - index) * step;
    return `${x.toFixed(1)},${(height - 1 - (value / highest) * (height - 2)).toFixed(1)}`;
  });
  const [first = ''] = points;
  return (
    <svg
      className={classes.spark}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      {points.length > 1 && (
        <>
          <polygon points={`${first.split(',')[0]},${height} ${points.join(' ')} ${width},${height}`} />
          <polyline points={points.join(' ')} />
        </>
      )}
    </svg>
  );
}
