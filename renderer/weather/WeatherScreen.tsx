// The weather lab: its canvas, the extraction with its timer, charts, and the table with its export. Needs no stack.
import { useCallback, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { weatherColumns } from '../../words/weather-facts.ts';
import { useModel } from '../model/model.ts';
import { useAction } from '../model/use-action.ts';
import { ExportButton } from '../rows/export/ExportButton.tsx';
import type { ExportTarget } from '../rows/export/export-target.ts';
import { WeatherCanvas } from './canvas/WeatherCanvas.tsx';
import type { NodeName } from './canvas/weather-nodes.ts';
import { WeatherCharts } from './charts/WeatherCharts.tsx';
import { ExtractionCard } from './ExtractionCard.tsx';
import { useWeatherRows } from './table/use-weather-rows.ts';
import { TableFoot, WeatherTable } from './table/WeatherTable.tsx';
import { useWeather } from './use-weather.ts';
import { toWeatherInput, useWeatherForm } from './weather-form.ts';
import classes from './Weather.module.css';

export default function WeatherScreen() {
  const { t } = useTranslation();
  const { client } = useModel();
  const store = useWeather();
  const pages = useWeatherRows(store);
  const target = useWeatherExport();
  const [form] = useWeatherForm();
  const extract = useAction(() => client.weather.start({ ...toWeatherInput(form), count: 1 }));
  const parts = useRef<Partial<Record<NodeName, HTMLElement | null>>>({});
  // A node leads to the part of the screen that it stands for.
  const onOpen = useCallback((node: NodeName) => {
    const part = parts.current[node];
    const first = part?.querySelector<HTMLElement>(
      'input:not(:disabled), button:not(:disabled), [tabindex="0"]',
    );
    part?.scrollIntoView({ block: 'nearest' });
    first?.focus();
  }, []);
  const shown = useMemo(() => ({ store, pages, onOpen }), [store, pages, onOpen]);
  const part = (name: NodeName) => (element: HTMLElement | null) => {
    parts.current[name] = element;
  };
  return (
    <div className={classes.lab}>
      <h1 className="hidden">{t('screens.weather.title')}</h1>
      <WeatherCanvas shown={shown} />
      <div className={classes.body}>
        <div ref={part('api')} className={classes.left}>
          <ExtractionCard store={store} />
        </div>
        <div className={classes.right}>
          <div ref={part('structure')} className={classes.chartsPlace}>
            <WeatherCharts pages={pages} store={store} />
          </div>
          <div className={classes.tablePlace}>
            <div className={classes.tableHead}>
              <TableFoot pages={pages} />
              <div ref={part('csv')}>
                <ExportButton target={target} />
              </div>
            </div>
            <div ref={part('database')} className={classes.table}>
              <WeatherTable
                pages={pages}
                onExtract={() => void extract.run()}
                isExtracting={extract.isBusy}
              />
            </div>
          </div>
        </div>
      </div>
    </div>
  );
}

function useWeatherExport(): ExportTarget {
  const { t, i18n } = useTranslation();
  const { client } = useModel();
  const calls = client.weather.export;
  return {
    columns: weatherColumns,
    fileName: t('screens.weather.fileName'),
    start: ({ columns, ...form }, options) => {
      const chosen = columns && weatherColumns.filter((column) => columns.includes(column));
      const language = i18n.language === 'pt-BR' ? 'pt-BR' : 'en';
      return calls.start({ ...form, language, ...(chosen && { columns: chosen }) }, options);
    },
    next: calls.next,
    cancel: calls.cancel,
  };
}
