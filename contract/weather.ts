// The part of the contract about the weather lab: its timer, its rows, its export. It needs no stack.
import { z } from 'zod';
import { exportFrame } from '../words/messages.ts';
import { placesMax, weatherColumns, weatherStepMs } from '../words/weather-facts.ts';
import {
  latitude,
  longitude,
  place,
  placeSummary,
  seriesPoint,
  weatherFrame,
  weatherRow,
  weatherSource,
} from '../words/weather.ts';
import { limitMax, timerMaxMs } from './limits.ts';
import { after, framed, limit, procedure } from './procedure.ts';
import { csvForm } from './table.ts';

/** Another address that answers as Open-Meteo's forecast API does; `search` beside it finds places by name. */
const url = z.url({ protocol: /^https?$/ }).optional();

export const weatherInput = z.object({
  places: z.array(place).min(1).max(placesMax),
  /** The live API has something new every `weatherStepMs`: to ask it more often is refused with `BAD_INPUT`. */
  everyMs: z.number().int().min(1_000).max(timerMaxMs).default(weatherStepMs),
  source: weatherSource.default('auto'),
  url,
  /** Ends after so many extractions; without it when stopped. */
  count: z.number().int().positive().optional(),
});
export type WeatherInput = z.input<typeof weatherInput>;

export const weatherExportInput = csvForm.extend({
  columns: z.array(z.enum(weatherColumns)).min(1).optional(),
  /** Of the column `condition`. */
  language: z.enum(['en', 'pt-BR']).default('en'),
});
export type WeatherExportInput = z.input<typeof weatherExportInput>;

export const weatherContract = {
  weather: {
    /** Extracts at once and then every `everyMs`, in the app, whoever watches. `RUN_ACTIVE` while it does already. */
    start: procedure.input(weatherInput).output(z.void()),
    /** The next extraction begins now; nothing where none is planned. */
    runNow: procedure.output(z.void()),
    stop: procedure.output(z.void()),
    next: procedure.input(after).output(framed(weatherFrame)),
    /**
     * Names and pairs of coordinates, separated by commas or semicolons, as places; in their order, each once. Names are
     * looked up where they are not the lab's own, but for `offline`, which asks nobody. `PLACE_UNKNOWN`, `BAD_INPUT`.
     */
    findPlaces: procedure
      .input(z.object({ text: z.string().max(4_000), source: weatherSource.default('auto'), url }))
      .output(z.array(place)),
    /** Rows from a position on, the newest first. */
    rows: procedure
      .input(z.object({ offset: z.number().int().nonnegative().default(0), limit: limit.default(20) }))
      .output(z.object({ rows: z.array(weatherRow), total: z.number().int() })),
    places: procedure.output(z.array(placeSummary)),
    /** What was measured at a place since a time (epoch ms), in order, as about `most` means. */
    series: procedure
      .input(
        z.object({
          latitude,
          longitude,
          since: z.number().int().nonnegative().default(0),
          most: z.number().int().positive().max(limitMax).default(300),
        }),
      )
      .output(z.array(seriesPoint)),
    export: {
      start: procedure.input(weatherExportInput).output(z.void()),
      next: procedure.input(after).output(framed(exportFrame)),
      cancel: procedure.output(z.void()),
    },
  },
};
