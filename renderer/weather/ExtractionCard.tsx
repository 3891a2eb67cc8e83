// The extraction: from where, how often, of which places; start and stop the timer, or extract once.
import { Button, SegmentedControl } from '@mantine/core';
import { RotateCw } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import runClasses from '../lab/RunCard.module.css';
import { RunFoot } from '../lab/RunFoot.tsx';
import { useModel } from '../model/model.ts';
import { useAction } from '../model/use-action.ts';
import { Panel } from '../parts/Panel.tsx';
import { everyText } from './every-text.ts';
import { ExtractionStatus } from './ExtractionStatus.tsx';
import { PlacesEditor } from './PlacesEditor.tsx';
import { isOn, type WeatherStore } from './use-weather.ts';
import { everyOf, intervalsOf, sources, toWeatherInput, useWeatherForm } from './weather-form.ts';
import classes from './Weather.module.css';

export function ExtractionCard({ store }: { store: WeatherStore }) {
  const { t } = useTranslation();
  const { client } = useModel();
  const [form, change] = useWeatherForm();
  const isRunning = useStore(store, isOn);
  // Not this page's signal: a reload leaves the timer alone.
  const start = useAction(() => client.weather.start(toWeatherInput(form)));
  const stop = useAction(() => client.weather.stop());
  const now = useAction(() =>
    isRunning ? client.weather.runNow() : client.weather.start({ ...toWeatherInput(form), count: 1 }),
  );
  const isLocked = isRunning || start.isBusy;
  const hasPlaces = form.places.length > 0;
  return (
    <Panel title={t('screens.weather.extraction')} className={classes.card}>
      <fieldset className="plain" disabled={isLocked}>
        <div className={runClasses.fields}>
          <div className={runClasses.field}>
            <SegmentedControl
              fullWidth
              size="xs"
              disabled={isLocked}
              aria-label={t('screens.weather.source')}
              value={form.source}
              onChange={(source) => change({ source })}
              data={sources.map((value) => ({ value, label: t(`screens.weather.sources.${value}`) }))}
            />
            <p className={runClasses.hint}>{t(`screens.weather.sourceHints.${form.source}`)}</p>
          </div>
          <div className={classes.every}>
            <span className={classes.word}>{t('screens.weather.every')}</span>
            <SegmentedControl
              fullWidth
              size="xs"
              disabled={isLocked}
              title={t('screens.weather.everyHint')}
              aria-label={t('screens.weather.every')}
              value={String(everyOf(form))}
              onChange={(everyMs) => change({ everyMs: Number(everyMs) })}
              data={intervalsOf(form).map((ms) => ({ value: String(ms), label: everyText(ms) }))}
            />
          </div>
          <PlacesEditor
            places={form.places}
            source={form.source}
            isLocked={isLocked}
            onChange={(places) => change({ places })}
          />
        </div>
      </fieldset>
      <RunFoot
        isRunning={isRunning}
        start={hasPlaces ? start : { ...start, run: () => Promise.resolve(false) }}
        stop={stop.fault || !now.fault ? stop : { ...stop, fault: now.fault, clear: now.clear }}
        startLabel={t('screens.weather.start')}
        stopLabel={t('screens.weather.stop')}
        aside={
          <Button
            variant="light"
            leftSection={<RotateCw size={14} aria-hidden />}
            loading={now.isBusy}
            disabled={!hasPlaces}
            onClick={() => void now.run()}
          >
            {t('screens.weather.runNow')}
          </Button>
        }
      >
        <ExtractionStatus store={store} />
      </RunFoot>
    </Panel>
  );
}
