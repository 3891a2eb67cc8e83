// A place's variables over a time: four small charts of one series.
import { SegmentedControl, Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { weatherVariables, type WeatherVariable } from '../../../words/weather-facts.ts';
import type { SeriesPoint } from '../../../words/weather.ts';
import { useModel } from '../../model/model.ts';
import { useLoaded } from '../../model/use-loaded.ts';
import { FaultNote } from '../../parts/FaultNote.tsx';
import { Later } from '../../parts/Later.tsx';
import { lazily } from '../../parts/lazily.ts';
import { Panel } from '../../parts/Panel.tsx';
import { decimal, whole } from '../../words/format.ts';
import { keyOf } from '../weather-form.ts';
import { usePages, type WeatherPages } from '../table/use-weather-rows.ts';
import type { WeatherStore } from '../use-weather.ts';
import classes from './WeatherCharts.module.css';

const WeatherPlot = lazily(() => import('./WeatherPlot.tsx'));

const dayMs = 86_400_000;
const ranges = { day: dayMs, week: 7 * dayMs, all: undefined } as const;
type Range = keyof typeof ranges;
/** About as many as a small chart has pixels to draw them. */
const pointsMax = 300;

const formats: Record<WeatherVariable, (value: number) => string> = {
  temperature_c: (value) => `${decimal(value)} °C`,
  wind_speed_kmh: (value) => `${decimal(value)} km/h`,
  humidity_pct: (value) => `${whole(value)} %`,
  visibility_m: (value) => `${decimal(value / 1_000)} km`,
};

interface Props {
  pages: WeatherPages;
  store: WeatherStore;
}

export function WeatherCharts({ pages, store }: Props) {
  const { t } = useTranslation();
  const { client } = useModel();
  const total = usePages(pages, (now) => now.total);
  const lastAt = useStore(store, ({ frame }) => frame?.lastAt);
  const [chosen, choose] = useState<string | null>(null);
  const [range, setRange] = useState<Range>('day');
  const news = total === undefined ? undefined : `${total} ${lastAt}`;
  const places = useLoaded(news, (signal) => client.weather.places(undefined, { signal }));
  const known = places.loaded.status === 'loaded' ? places.loaded.value : [];
  const place = known.find((one) => keyOf(one) === chosen) ?? known[0];
  const series = useLoaded(place && `${news} ${keyOf(place)} ${range}`, async (signal) => {
    if (!place) return [];
    const span = ranges[range];
    const since = span === undefined ? 0 : Math.max(0, Date.now() - span);
    const { latitude, longitude } = place;
    return client.weather.series({ latitude, longitude, since, most: pointsMax }, { signal });
  });
  const fault = [places.loaded, series.loaded].find((loaded) => loaded.status === 'failed');
  const points = series.loaded.status === 'loaded' ? series.loaded.value : [];
  return (
    <Panel
      className={classes.panel}
      label={t('screens.weather.charts')}
      aside={
        <>
          <Select
            size="xs"
            className={classes.place ?? ''}
            aria-label={t('screens.weather.place')}
            allowDeselect={false}
            searchable={known.length > 10}
            disabled={known.length === 0}
            value={place ? keyOf(place) : null}
            onChange={choose}
            data={known.map((one) => ({ value: keyOf(one), label: one.place }))}
          />
          <SegmentedControl
            size="xs"
            aria-label={t('screens.weather.range')}
            value={range}
            onChange={setRange}
            data={(['day', 'week', 'all'] as const).map((value) => ({
              value,
              label: t(`screens.weather.ranges.${value}`),
            }))}
          />
        </>
      }
    >
      {fault?.status === 'failed' && <FaultNote fault={fault.fault} />}
      <div className={classes.charts}>
        {weatherVariables.map((variable) => (
          <Chart key={variable} variable={variable} points={points} />
        ))}
      </div>
    </Panel>
  );
}

function Chart({ variable, points }: { variable: WeatherVariable; points: readonly SeriesPoint[] }) {
  const { t } = useTranslation();
  const newest = points.findLast((point) => point[variable] !== null)?.[variable];
  const format = formats[variable];
  return (
    <figure className={classes.chart} data-variable={variable}>
      <figcaption className={classes.head}>
        <span className={classes.title}>{t(`screens.weather.variables.${variable}`)}</span>
        <span className={classes.newest}>{newest == null ? '–' : format(newest)}</span>
      </figcaption>
      {points.length === 0 ? (
        <p className={classes.none} aria-hidden>
          {t('screens.weather.noPoints')}
        </p>
      ) : (
        <Later place={null}>
          <WeatherPlot points={points} variable={variable} format={format} />
        </Later>
      )}
    </figure>
  );
}
