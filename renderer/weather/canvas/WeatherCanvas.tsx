// The weather's pipeline as a picture; the flow in it comes when the rest has been painted.
import { useElementSize } from '@mantine/hooks';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import classes from '../../lab/canvas/Canvas.module.css';
import { lineHeight } from '../../lab/canvas/layout.ts';
import { Later } from '../../parts/Later.tsx';
import { lazily } from '../../parts/lazily.ts';
import { layOut, nodeNames, type Shown } from './weather-nodes.ts';

const WeatherFlow = lazily(() => import('./WeatherFlow.tsx'));

export function WeatherCanvas({ shown }: { shown: Shown }) {
  const { t } = useTranslation();
  const { ref, width } = useElementSize();
  const layout = useMemo(() => layOut(width), [width]);
  const outlines = nodeNames.map((name) => {
    const { x, y, width: across, height } = layout[name];
    return <i key={name} className={classes.outline} style={{ left: x, top: y, width: across, height }} />;
  });
  return (
    <section
      ref={ref}
      className={classes.canvas}
      style={{ height: lineHeight }}
      aria-label={t('screens.weather.canvas')}
    >
      <Later place={width > 0 && outlines}>
        {width > 0 && <WeatherFlow layout={layout} shown={shown} />}
      </Later>
    </section>
  );
}
