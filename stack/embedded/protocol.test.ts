import { once } from 'node:events';
import { createServer, connect, type Socket } from 'node:net';
import { afterAll, describe, expect, it } from 'vitest';
import { anyPort, host } from './ports.ts';
import { encodeLine, readMessages, request, type Request } from './protocol.ts';

const port = await anyPort();
const server = createServer().listen(port, host);
await once(server, 'listening');
afterAll(() => server.close());

/** Two ends of a connection. */
async function pair(): Promise<{ near: Socket; far: Socket }> {
  const accepted = once(server, 'connection');
  const near = connect(port, host);
  const [far] = await accepted;
  return { near, far };
}

const down: Request = { id: 1, method: 'down' };
const status: Request = { id: 2, method: 'status', after: 7 };

describe('reading messages', () => {
  it('reads messages that come in pieces and several at once', async () => {
    const { near, far } = await pair();
    const messages: Request[] = [];
    const { promise, resolve } = Promise.withResolvers<void>();
    readMessages(far, request, (message) => {
      messages.push(message);
      if (messages.length === 3) resolve();
    });
    const text = encodeLine(down) + encodeLine(status) + encodeLine(down);
    near.write(text.slice(0, 5));
    await new Promise(setImmediate);
    near.write(text.slice(5));
    await promise;
    expect(messages).toEqual([down, status, down]);
    near.destroy();
  });

  it.each([
    ['what is no JSON', 'up\n'],
    ['an unknown question', '{"id":1,"method":"explode"}\n'],
    ['a line without an end', 'x'.repeat(70_000)],
  ])('cuts off who sends %s', async (_, text) => {
    const { near, far } = await pair();
    const messages: Request[] = [];
    readMessages(far, request, (message) => messages.push(message));
    near.on('error', () => undefined);
    const closed = once(near, 'close');
    near.write(text);
    await closed;
    expect(messages).toEqual([]);
  });
});
