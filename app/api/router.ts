// The contract, served: each procedure calls one service of the app and holds no logic of its own.
import type { Services } from '../services.ts';
import { airflowRouter } from './airflow.ts';
import { createApi } from './api.ts';
import { recordsRouter } from './records.ts';
import { schemasRouter } from './schemas.ts';
import { stackRouter } from './stack.ts';
import { tableRouter } from './table.ts';
import { weatherRouter } from './weather.ts';

/** The router that every host mounts; `services` are its context. */
export function createRouter(services: Services) {
  const api = createApi(services);
  return api.router({
    ...stackRouter(api, services),
    ...recordsRouter(api, services),
    ...tableRouter(api, services),
    ...schemasRouter(api, services),
    ...airflowRouter(api, services),
    ...weatherRouter(api, services),
  });
}
