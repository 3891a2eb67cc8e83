// The real app for a page: on a data folder of its own, as `serve` has it, behind the contract.
// Closing it ends everything that it started.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import type { ContractRouterClient } from '@orpc/contract';
import { createApp, type App } from '../../app/create-app.ts';
import { defaultFolders, type Folders } from '../../app/folders.ts';
import type { contract } from '../../contract/contract.ts';

export type Client = ContractRouterClient<typeof contract>;

export interface RealApp {
  /** Holds the data folder, and is the test's to write into. */
  folder: string;
  dataDir: string;
  router: App['router'];
  /** Asks the same app as the page does. */
  client: Client;
  close(): Promise<void>;
}

/** `prepare` is called with the data folder before the app sees it; folders are this machine's unless given. */
export async function openRealApp({
  prepare,
  folders,
}: {
  prepare?: (dataDir: string) => Promise<void>;
  folders?: Partial<Folders>;
} = {}): Promise<RealApp> {
  const folder = await mkdtemp(join(tmpdir(), 'riacho-e2e-'));
  const dataDir = join(folder, 'data');
  await prepare?.(dataDir);
  const app = await createApp({
    folders: { ...defaultFolders(dataDir), ...folders },
    host: { kind: 'browser' },
  });
  const client: Client = createRouterClient(app.router);
  return {
    folder,
    dataDir,
    router: app.router,
    client,
    async close() {
      await app.close();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
