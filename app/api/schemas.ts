// Served here: what the contract says about the Schema Registry.
import type { Services } from '../services.ts';
import type { Api } from './api.ts';

export function schemasRouter(api: Api, { schemas }: Services) {
  return {
    schemas: {
      read: api.schemas.read.handler(({ signal }) => schemas.read(signal)),
      register: api.schemas.register.handler(() => schemas.register()),
      find: api.schemas.find.handler(({ input, signal }) => schemas.find(input.id, signal)),
    },
  };
}
