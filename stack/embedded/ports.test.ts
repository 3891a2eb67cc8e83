import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterAll, describe, expect, it } from 'vitest';
import { choosePort, choosePorts, host, isListening } from './ports.ts';

/** A server of somebody else, on a port that was free. */
async function occupy(): Promise<{ port: number; release(): void }> {
  const port = await choosePort(0);
  const server = createServer().listen(port, host);
  await once(server, 'listening');
  return { port, release: () => server.close() };
}

describe('choosing ports', async () => {
  const occupied = await occupy();
  afterAll(() => occupied.release());

  it('keeps the usual ones while they are free', async () => {
    const usual = { kafka: await choosePort(0), cassandra: await choosePort(0) };
    expect(await choosePorts(usual)).toMatchObject(usual);
  });

  it('moves away from one that is taken, and takes four different ones', async () => {
    const usual = { kafka: occupied.port, cassandra: await choosePort(0) };
    const ports = await choosePorts(usual);
    expect(ports.kafka).not.toBe(occupied.port);
    expect(ports.cassandra).toBe(usual.cassandra);
    expect(new Set(Object.values(ports)).size).toBe(4);
  });

  it('does not give out a port that was promised', async () => {
    const port = await choosePort(0);
    expect(await choosePort(port, new Set([port]))).not.toBe(port);
  });

  it('tells whether somebody listens', async () => {
    expect(await isListening(occupied.port)).toBe(true);
    expect(await isListening(await choosePort(0))).toBe(false);
  });
});
