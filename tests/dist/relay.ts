// Carries connections out of a network that has no way out: from a socket in the file system to a port of this machine.
// `node relay.ts SOCKET PORT` runs in that network, for the test that drives the app in it.
import { connect, createServer, type Socket } from 'node:net';

/** Joins each connection that comes in to one that is opened for it. */
export function relayTo(open: () => Socket): (incoming: Socket) => void {
  return (incoming) => {
    const outgoing = open();
    for (const socket of [incoming, outgoing]) {
      socket.on('error', () => {
        incoming.destroy();
        outgoing.destroy();
      });
    }
    incoming.pipe(outgoing).pipe(incoming);
  };
}

if (import.meta.filename === process.argv[1]) {
  const [, , path, port] = process.argv;
  createServer(relayTo(() => connect(Number(port), '127.0.0.1'))).listen(path);
  // It was started by what became the app, and ends with it.
  const { ppid } = process;
  setInterval(() => process.ppid === ppid || process.exit(), 500);
}
