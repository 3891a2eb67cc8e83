// Who listens at a port: this very process, or nobody that can be told.
import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { processAt } from './port-holder.ts';

describe('the holder of a port', () => {
  it.runIf(process.platform === 'linux')('is told by its name and pid', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    expect(await processAt(port)).toMatch(new RegExp(`^\\S.* \\(${process.pid}\\)$`));
    server.close();
    await once(server, 'close');
    expect(await processAt(port)).toBeUndefined();
  });
});
