// The lab's rows, the newest first: virtual, however many there are, with the export and whose the data is.
import { CloudSun } from 'lucide-react';
import { memo, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { conditionOf } from '../../../words/sentences/conditions.ts';
import { weatherColumns } from '../../../words/weather-facts.ts';
import type { WeatherRow } from '../../../words/weather.ts';
import { links } from '../../../words/links.ts';
import { useModel } from '../../model/model.ts';
import { useLoaded } from '../../model/use-loaded.ts';
import { EmptyState } from '../../parts/EmptyState.tsx';
import { FaultNote } from '../../parts/FaultNote.tsx';
import { DataGrid } from '../../rows/grid/DataGrid.tsx';
import { useColumns } from '../../rows/grid/use-columns.ts';
import { decimal, whole } from '../../words/format.ts';
import classes from '../Weather.module.css';
import { usePages, type WeatherPages } from './use-weather-rows.ts';

const columns = [...weatherColumns, 'source'] as const;
const widths = {
  place: 150,
  time: 180,
  temperature_c: 120,
  wind_speed_kmh: 130,
  weather_code: 112,
  condition: 210,
  humidity_pct: 104,
  visibility_m: 108,
  source: 170,
};

interface Props {
  pages: WeatherPages;
  /** What brings the first rows. */
  onExtract: () => void;
  isExtracting: boolean;
}

export function WeatherTable({ pages, onExtract, isExtracting }: Props) {
  const { t } = useTranslation();
  const isEmpty = usePages(pages, (now) => now.total === 0);
  const fault = usePages(pages, (now) => now.fault);
  if (fault) {
    return (
      <FaultNote fault={fault} action={{ label: t('screens.frame.tryAgain'), onClick: pages.refresh }} />
    );
  }
  if (isEmpty) {
    return (
      <EmptyState
        icon={CloudSun}
        title={t('screens.weather.empty')}
        text={t('screens.weather.emptyText')}
        action={{ label: t('screens.weather.runNow'), onClick: onExtract, isBusy: isExtracting }}
      />
    );
  }
  return <Grid pages={pages} />;
}

/** Drawn anew with each page that comes; what stands around it is not. */
const Grid = memo(function Grid({ pages }: { pages: WeatherPages }) {
  const { t, i18n } = useTranslation();
  const shown = useColumns(columns, { widths, key: 'riacho-weather-columns' });
  usePages(pages, (now) => now.version());
  const language = i18n.language === 'pt-BR' ? 'pt-BR' : 'en';
  const sources = useMemo(
    () => ({
      'open-meteo': t('screens.weather.origins.open-meteo'),
      offline: t('screens.weather.origins.offline'),
    }),
    // The words change with the language only.
    [language],
  );
  const toCells = (row: WeatherRow): Record<string, string> => ({
    place: row.place,
    time: row.time,
    temperature_c: number(row.temperature_c),
    wind_speed_kmh: number(row.wind_speed_kmh),
    weather_code: number(row.weather_code),
    condition: conditionOf(row.weather_code, language),
    humidity_pct: number(row.humidity_pct),
    visibility_m: number(row.visibility_m),
    source: sources[row.source],
  });
  return (
    <DataGrid
      label={t('screens.weather.table')}
      columns={shown}
      count={pages.total ?? 0}
      rowAt={(index) => {
        const row = pages.rowAt(index);
        return row && toCells(row);
      }}
      onShown={pages.show}
    />
  );
});

const number = (value: number | null): string => (value === null ? '' : decimal(value));

/** Under the table: how many rows, how many of them generated, and whose the rest is. */
export function TableFoot({ pages }: { pages: WeatherPages }) {
  const { t } = useTranslation();
  const { client } = useModel();
  const total = usePages(pages, (now) => now.total);
  const { loaded } = useLoaded(total === undefined ? undefined : String(total), (signal) =>
    client.weather.places(undefined, { signal }),
  );
  const generated =
    loaded.status === 'loaded' ? loaded.value.reduce((sum, place) => sum + place.generated, 0) : 0;
  return (
    <p className={classes.foot}>
      {total !== undefined &&
        t(total === 1 ? 'screens.weather.oneRow' : 'screens.weather.count', { rows: whole(total) })}
      {generated > 0 && ` · ${t('screens.weather.generated', { rows: whole(generated) })}`}
      <a className={classes.licence} href={links.openMeteo} target="_blank" rel="noreferrer">
        {t('screens.weather.licence')}
      </a>
    </p>
  );
}
