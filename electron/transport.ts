// The contract over a port of Electron's. Who gets a port is ports.ts's to say.
import type { MessagePortMain } from 'electron';
import { createRouterClient } from '@orpc/server';
import { RPCHandler } from '@orpc/server/message-port';
import type { App } from '../app/create-app.ts';
import type { Settings } from '../words/settings.ts';

/**
 * Returns what serves the contract over a port, until its other end is gone. `onSettings` hears what a person has
 * set: now, and after each change.
 */
export async function serveContract(
  { router }: App,
  onSettings: (settings: Settings) => void,
): Promise<(port: MessagePortMain) => void> {
  const client = createRouterClient(router);
  const tell = async (): Promise<void> => onSettings(await client.settings.read());
  const handler = new RPCHandler(router, {
    clientInterceptors: [
      async (call) => {
        const answer = await call.next();
        if (call.path.join('.') === 'settings.save') await tell();
        return answer;
      },
    ],
  });
  await tell();
  return (port) => {
    handler.upgrade(port, { context: {} });
    port.start();
  };
}
