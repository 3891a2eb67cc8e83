// Makes the source a person chose; the one place that knows all of them.
import { faultOf, RiachoError, type Fault } from '../../words/errors.ts';
import type { WeatherSource } from '../../words/weather.ts';
import { throwIfAborted } from '../sources/faults.ts';
import { createOfflineSource } from './offline.ts';
import { createOpenMeteoSource } from './open-meteo.ts';
import type { Source } from './source.ts';

/** In `auto`, how long the live API may stay silent before weather is generated instead. */
const autoTimeoutMs = 5_000;

export interface SourceChoice {
  source: WeatherSource;
  /** For `open-meteo` and `auto`; default: the live API's. */
  url?: string | undefined;
  /** For `offline` and `auto`: see `OfflineOptions`. */
  everyMs: number;
  /** For `auto`: called once when it goes over to `offline`. */
  onFallback: (fault: Fault) => void;
}

/** The source of that choice; it asks nothing before its first `take`. Throws `BAD_INPUT` {detail}. */
export function openSource({ source, url, everyMs, onFallback }: SourceChoice): Source {
  switch (source) {
    case 'open-meteo':
      return createOpenMeteoSource({ url });
    case 'offline':
      return createOfflineSource({ everyMs });
    case 'auto':
      return createAutoSource({
        live: createOpenMeteoSource({ url, timeoutMs: autoTimeoutMs }),
        offline: createOfflineSource({ everyMs }),
        onFallback,
      });
  }
}

export interface AutoOptions {
  live: Source;
  offline: Source;
  onFallback: (fault: Fault) => void;
}

/**
 * The first take decides for good: where the live API does not answer it, weather is generated from then on. Once it has
 * answered, generated rows between real ones would be worse than a gap: later faults are the caller's. What the API
 * itself refuses (`SOURCE_REFUSED`) is no reason to generate.
 */
export function createAutoSource({ live, offline, onFallback }: AutoOptions): Source {
  let chosen: Source | undefined;
  return {
    get origin() {
      return (chosen ?? live).origin;
    },
    async take(places, signal) {
      if (chosen) return chosen.take(places, signal);
      try {
        const rows = await live.take(places, signal);
        chosen = live;
        return rows;
      } catch (error) {
        throwIfAborted(signal);
        if (error instanceof RiachoError && error.code === 'SOURCE_REFUSED') throw error;
        chosen = offline;
        onFallback(faultOf(error));
        return offline.take(places, signal);
      }
    },
  };
}
