// How the extraction goes: when the next one is, what came, what it waits for.
import { useEffect, useReducer } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { TimerState } from '../../words/weather.ts';
import runClasses from '../lab/RunCard.module.css';
import { FaultNote } from '../parts/FaultNote.tsx';
import { Num } from '../parts/Num.tsx';
import { span, whole } from '../words/format.ts';
import { everyText } from './every-text.ts';
import type { WeatherState, WeatherStore } from './use-weather.ts';

const added = ({ frame }: WeatherState): number | undefined => frame?.added;
const known = ({ frame }: WeatherState): number | undefined => frame?.known;
const pending = ({ frame }: WeatherState): number | undefined => frame?.pending;

export function ExtractionStatus({ store }: { store: WeatherStore }) {
  const { t } = useTranslation();
  const state = useStore(store, ({ frame }) => frame?.state);
  const fault = useStore(store, ({ frame }) => frame?.fault);
  const fellBack = useStore(store, ({ frame }) => frame?.fellBack);
  const hasPending = useStore(store, ({ frame }) => (frame?.pending ?? 0) > 0);
  const wasStarted = useStore(store, ({ frame }) => (frame?.places.length ?? 0) > 0);
  if (!state || !wasStarted) return null;
  return (
    <>
      {fellBack && (
        <p className={runClasses.hint} role="status">
          {t('screens.weather.fellBack', { detail: String(fellBack.params['detail'] ?? fellBack.code) })}
        </p>
      )}
      {fault && <FaultNote fault={fault} tone={state.status === 'waiting' ? 'attention' : 'bad'} />}
      <Plan store={store} />
      <div className={runClasses.status}>
        <span>
          <strong>
            <Num store={store} of={added} format={whole} />
          </strong>{' '}
          {t('screens.weather.added')} · <Num store={store} of={known} format={whole} />{' '}
          {t('screens.weather.known')}
          {hasPending && (
            <>
              {' '}
              · <Num store={store} of={pending} format={whole} /> {t('screens.weather.pending')}
            </>
          )}
        </span>
      </div>
      <div className={runClasses.status}>
        <StateWord state={state} />
      </div>
    </>
  );
}

/** What was asked for when it was started, by this window or another. */
function Plan({ store }: { store: WeatherStore }) {
  const { t } = useTranslation();
  const places = useStore(store, ({ frame }) => frame?.places.length ?? 0);
  const everyMs = useStore(store, ({ frame }) => frame?.everyMs ?? 0);
  const source = useStore(store, ({ frame }) => frame?.source ?? 'auto');
  const said = t(`screens.weather.sources.${source}`);
  return (
    <p className={runClasses.hint}>
      {t('screens.weather.plan', { places: whole(places), every: everyText(everyMs), source: said })}
    </p>
  );
}

/** Counts down by itself. */
function StateWord({ state }: { state: TimerState }) {
  const { t } = useTranslation();
  const [, tick] = useReducer((turn: number) => turn + 1, 0);
  const nextAt = 'nextAt' in state ? state.nextAt : undefined;
  useEffect(() => {
    if (nextAt === undefined) return undefined;
    const timer = setInterval(tick, 1_000);
    return () => clearInterval(timer);
  }, [nextAt]);
  if (nextAt === undefined) return <span>{t(`screens.weather.states.${state.status}`)}</span>;
  const left = Math.max(0, Math.ceil((nextAt - Date.now()) / 1_000)) * 1_000;
  return (
    <span>{t(`screens.weather.states.${state.status}`, { span: left === 0 ? '0 s' : span(left) })}</span>
  );
}
