// The contract where nothing carries it: the terminal's way, a client right on the router.
import { createRouterClient } from '@orpc/server';
import { contractSuite } from './contract-suite.ts';

contractSuite('the router in process', async (app) => ({
  client: createRouterClient(app.router),
  close: async () => undefined,
}));
