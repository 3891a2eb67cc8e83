// Served here: what the contract says about the weather lab.
import type { Services } from '../services.ts';
import type { Api } from './api.ts';

export function weatherRouter(api: Api, { weather }: Pick<Services, 'weather'>) {
  return {
    weather: {
      start: api.weather.start.handler(({ input }) => weather.start(input)),
      runNow: api.weather.runNow.handler(() => weather.runNow()),
      stop: api.weather.stop.handler(() => weather.stop()),
      next: api.weather.next.handler(({ input, signal }) => weather.feed.next(input.after, signal)),
      findPlaces: api.weather.findPlaces.handler(({ input, signal }) => weather.findPlaces(input, signal)),
      rows: api.weather.rows.handler(({ input }) => weather.rows(input)),
      places: api.weather.places.handler(() => weather.places()),
      series: api.weather.series.handler(({ input }) => weather.series(input)),
      export: {
        start: api.weather.export.start.handler(({ input }) => weather.startExport(input)),
        next: api.weather.export.next.handler(({ input, signal }) =>
          weather.exports.feed.next(input.after, signal),
        ),
        cancel: api.weather.export.cancel.handler(() => weather.exports.cancel()),
      },
    },
  };
}
