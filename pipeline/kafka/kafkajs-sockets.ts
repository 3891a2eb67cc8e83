// The connections of kafkajs: it leaves one open on which nothing is answered any more, and asks on it for ever; and a
// client that was told to disconnect goes on with what it was at, on new ones.
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { connect as connectTls } from 'node:tls';
import type { ISocketFactory, ISocketFactoryArgs } from 'kafkajs';

/** Longer than a broker takes for any answer of ours; the longest is that to a member who waits for its group. */
const silenceMs = 7_000;
const keepAliveMs = 60_000;

/** A socket for kafkajs that breaks by itself when it was asked something and stays silent. */
function openSocket({ host, port, ssl, onConnect }: ISocketFactoryArgs): Socket {
  const socket: Socket = ssl
    ? connectTls({ host, port, ...(isIP(host) === 0 && { servername: host }), ...ssl }, onConnect)
    : connectTcp({ host, port }, onConnect);
  socket.setKeepAlive(true, keepAliveMs);
  let answered = 0;
  socket.on('data', () => (answered = socket.bytesWritten));
  socket.setTimeout(silenceMs, () => {
    if (socket.bytesWritten > answered)
      socket.destroy(new Error(`asked, and silent for ${silenceMs / 1_000} s`));
  });
  return socket;
}

/** One of the library's clients, on connections of its own. */
export interface OwnClient<Client> {
  client: Client;
  /** Lets it leave in order for `patienceMs`; then its connections break, and it opens no other. */
  end(): Promise<void>;
}

export function openOwn<Client extends { disconnect(): Promise<void> }>(
  open: (sockets: ISocketFactory) => Client,
  patienceMs: number,
): OwnClient<Client> {
  const sockets = new Set<Socket>();
  const reason = new Error('its client has ended');
  let isEnded = false;
  const client = open((options) => {
    if (isEnded) throw reason;
    const socket = openSocket(options);
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    return socket;
  });
  return {
    client,
    async end() {
      const left = client.disconnect().catch(() => undefined);
      await Promise.race([left, delay(patienceMs, undefined, { ref: false })]);
      isEnded = true;
      // Those that the library has ended are no fault for its log.
      for (const socket of sockets) socket.destroy(socket.writableEnded ? undefined : reason);
    },
  };
}
