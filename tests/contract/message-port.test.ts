// The contract in the window's way: over a port. Electron's own port is asked in tests/electron.
import { contractSuite } from './contract-suite.ts';
import { lineSuite } from './line-suite.ts';
import { portHost } from './transports.ts';

contractSuite('a port', async ({ router }) => {
  const host = await portHost(router);
  const { client, vanish } = await host.dial();
  return { client, close: vanish };
});

lineSuite('a port', portHost);
