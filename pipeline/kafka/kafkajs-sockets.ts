// The connections of kafkajs, which leaves one open on which nothing is answered any more, and asks on it for ever.
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { ISocketFactory, ISocketFactoryArgs } from 'kafkajs';

/** Longer than a broker takes for any answer of ours; the longest is that to a member who waits for its group. */
const silenceMs = 7_000;
const keepAliveMs = 60_000;

/** Opens a socket for kafkajs that breaks by itself when it was asked something and stays silent. */
export function openSocket({ host, port, ssl, onConnect }: ISocketFactoryArgs): Socket {
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

/** The connections of one client, which all end at one moment. */
export interface Sockets {
  open: ISocketFactory;
  /** Breaks those that are open; from then on none can be opened. */
  close(): void;
}

const closedError = (): Error => new Error('its client was closed');

export function createSockets(): Sockets {
  const opened = new Set<Socket>();
  let isClosed = false;
  return {
    open(options) {
      if (isClosed) throw closedError();
      const socket = openSocket(options);
      opened.add(socket);
      socket.once('close', () => opened.delete(socket));
      return socket;
    },
    close() {
      isClosed = true;
      for (const socket of opened) socket.destroy(closedError());
    },
  };
}
