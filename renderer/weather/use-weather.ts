// How the extraction goes, whoever started it: pulled while the lab is shown, in a store, so that only leaves render.
import { useEffect, useState } from 'react';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { WeatherFrame } from '../../words/weather.ts';
import { useModel } from '../model/model.ts';
import { usePull } from '../model/use-pull.ts';

export interface WeatherState {
  frame?: WeatherFrame;
  /** Whether rows came just now: what takes a moment only would not be seen. */
  isFlowing: boolean;
}
export type WeatherStore = StoreApi<WeatherState>;

const flowsMs = 4_000;

export function useWeather(): WeatherStore {
  const { client } = useModel();
  const [store] = useState(() => createStore<WeatherState>(() => ({ isFlowing: false })));
  usePull('weather', client.weather.next, { onFrame: ({ frame }) => store.setState({ frame }) });
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const unsubscribe = store.subscribe(({ frame }, before) => {
      if (!before.frame || frame?.lastAt === before.frame.lastAt) return;
      store.setState({ isFlowing: true });
      clearTimeout(timer);
      timer = setTimeout(() => store.setState({ isFlowing: false }), flowsMs);
    });
    return () => {
      clearTimeout(timer);
      unsubscribe();
    };
  }, [store]);
  return store;
}

/** Whether a timer is under way. */
export const isOn = ({ frame }: WeatherState): boolean => frame !== undefined && frame.state.status !== 'off';
