// Which engine runs the stack is a setting; nothing is started here.
import type { ContractRouterClient } from '@orpc/contract';
import { createRouterClient } from '@orpc/server';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp, type App } from '../../app/create-app.ts';
import { defaultFolders } from '../../app/folders.ts';
import type { contract } from '../../contract/contract.ts';
import { deadPort } from './machine.ts';

type Client = ContractRouterClient<typeof contract>;

describe('the choice of an engine', () => {
  let dataDir: string;
  let app: App;
  let client: Client;

  async function open(): Promise<void> {
    app = await createApp({ folders: defaultFolders(dataDir), host: { kind: 'terminal' } });
    client = createRouterClient(app.router);
  }

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'riacho-choice-'));
    await open();
  });
  afterAll(async () => {
    await app.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  it('takes another engine when the stack is stopped, and the embedded one back', async () => {
    const { external } = await client.settings.read();
    const brokers = `127.0.0.1:${await deadPort()}`;
    await client.settings.save({ engine: 'external', external: { ...external, brokers } });
    expect((await client.stack.status()).engine).toBe('external');
    await expect(client.stack.start({})).rejects.toMatchObject({ code: 'BROKER_UNREACHABLE' });
    await expect(client.services.restart({ service: 'kafka' })).rejects.toMatchObject({
      code: 'SERVICE_NOT_OURS',
    });
    await client.settings.save({ engine: 'embedded' });
    expect(await client.stack.status()).toMatchObject({ engine: 'embedded', stack: 'stopped' });
  });

  it('starts on the usual settings where the file is of no use, and says so', async () => {
    await app.close();
    await writeFile(join(dataDir, 'settings.json'), '{"engine": "steam"}');
    await open();
    expect((await client.settings.read()).engine).toBe('embedded');
    const { frame } = await client.activity.next({ after: 0 });
    expect(frame.entries).toMatchObject([
      {
        action: 'settings.save',
        status: 'failed',
        fault: { code: 'SETTINGS_UNREADABLE', params: { detail: 'engine' } },
      },
    ]);
  });
});
