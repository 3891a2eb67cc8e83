// The contract in a browser's way: over a WebSocket to the real server.
import { contractSuite } from './contract-suite.ts';
import { lineSuite } from './line-suite.ts';
import { webSocketHost } from './transports.ts';

contractSuite('a WebSocket', async ({ router }) => {
  const host = await webSocketHost(router);
  const { client } = await host.dial();
  return { client, close: () => host.close() };
});

lineSuite('a WebSocket', webSocketHost);
