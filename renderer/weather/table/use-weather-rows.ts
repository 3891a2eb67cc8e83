// The lab's rows as pages, read anew when the extraction brings some, and now and then: a terminal may write too.
import { useEffect, useState, useSyncExternalStore } from 'react';
import type { WeatherRow } from '../../../words/weather.ts';
import { useModel } from '../../model/model.ts';
import type { WeatherStore } from '../use-weather.ts';
import { OffsetPages } from './offset-pages.ts';

const lookEveryMs = 5_000;

export type WeatherPages = OffsetPages<WeatherRow>;

/** One for the screen. */
export function useWeatherRows(store: WeatherStore): WeatherPages {
  const { client } = useModel();
  const [pages] = useState(
    () => new OffsetPages<WeatherRow>((page, signal) => client.weather.rows(page, { signal })),
  );
  useEffect(() => {
    pages.refresh();
    const timer = setInterval(pages.refresh, lookEveryMs);
    const unsubscribe = store.subscribe(({ frame }, before) => {
      if (frame?.added !== before.frame?.added) pages.refresh();
    });
    return () => {
      clearInterval(timer);
      unsubscribe();
    };
  }, [pages, store]);
  useEffect(() => () => pages.close(), [pages]);
  return pages;
}

/** What of the pages a component shows; `of` returns the same for the same. */
export function usePages<T>(pages: WeatherPages, of: (pages: WeatherPages) => T): T {
  return useSyncExternalStore(pages.subscribe, () => of(pages));
}
