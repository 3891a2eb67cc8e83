import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterAll, describe, expect, it } from 'vitest';
import { anyPort, choosePorts, host, isListening } from './ports.ts';

/** A server of somebody else, on a port that was free. */
async function occupy(): Promise<{ port: number; release(): void }> {
  const port = await anyPort();
  const server = createServer().listen(port, host);
  await once(server, 'listening');
  return { port, release: () => server.close() };
}

describe('choosing ports', async () => {
  const occupied = await occupy();
  afterAll(() => occupied.release());

  it('keeps the usual ones while they are free', async () => {
    const usual = { kafka: await anyPort(), cassandra: await anyPort() };
    expect(await choosePorts(usual)).toMatchObject(usual);
  });

  it('moves away from one that is taken, and takes four different ones', async () => {
    const usual = { kafka: occupied.port, cassandra: await anyPort() };
    const ports = await choosePorts(usual);
    expect(ports.kafka).not.toBe(occupied.port);
    expect(ports.cassandra).toBe(usual.cassandra);
    expect(new Set(Object.values(ports)).size).toBe(4);
  });

  it('has again what it had before, where the usual one is taken', async () => {
    const usual = { kafka: occupied.port, cassandra: await anyPort() };
    const before = { kafka: await anyPort(), cassandra: await anyPort() };
    expect(await choosePorts(usual, before)).toMatchObject({
      kafka: before.kafka,
      cassandra: usual.cassandra,
    });
    const gone = await choosePorts(usual, { kafka: occupied.port, cassandra: usual.cassandra });
    expect(gone.kafka).not.toBe(occupied.port);
  });

  it('tells whether somebody listens', async () => {
    expect(await isListening(occupied.port)).toBe(true);
    expect(await isListening(await anyPort())).toBe(false);
  });
});
