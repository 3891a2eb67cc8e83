// Served here: what the contract says about Airflow.
import type { Services } from '../services.ts';
import type { Api } from './api.ts';

export function airflowRouter(api: Api, { airflow }: Services) {
  return {
    airflow: {
      next: api.airflow.next.handler(({ input, signal }) => airflow.feed.next(input.after, signal)),
      trigger: api.airflow.trigger.handler(({ input }) => airflow.trigger(input)),
      setPaused: api.airflow.setPaused.handler(({ input }) => airflow.setPaused(input.isPaused)),
      stop: api.airflow.stop.handler(({ input }) => airflow.stop(input.run)),
      log: api.airflow.log.handler(({ input }) => airflow.log(input.run)),
      login: api.airflow.login.handler(() => airflow.login()),
    },
  };
}
