// Chooses the ports of the servers, on this machine's own address only. Serves nothing itself.
import { connect, createServer } from 'node:net';

/** The one address that everything of the embedded stack listens on. */
export const host = '127.0.0.1';

const connectMs = 1000;

/** Whether something takes connections at `port` here. */
export function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: connectMs });
    const finish = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => finish(true));
    socket.once('timeout', () => finish(false));
    socket.once('error', () => finish(false));
  });
}

/** Binds `port` (0: any) for a moment; the port bound, or undefined when it is not to be had. */
function tryBind(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen({ host, port, exclusive: true }, () => {
      const address = server.address();
      const bound = typeof address === 'object' && address !== null ? address.port : undefined;
      server.close(() => resolve(bound));
    });
  });
}

/** Whether `port` can be bound and nobody answers there either: some systems let two bind one port. */
export async function isFree(port: number): Promise<boolean> {
  return !(await isListening(port)) && (await tryBind(port)) !== undefined;
}

async function firstFree(ports: readonly number[], taken: ReadonlySet<number>): Promise<number | undefined> {
  for (const port of ports) if (port > 0 && !taken.has(port) && (await isFree(port))) return port;
  return undefined;
}

/** Any free port but those that are `taken`: promised to others already. */
export async function anyPort(taken: ReadonlySet<number> = new Set()): Promise<number> {
  for (;;) {
    const port = await tryBind(0);
    if (port === undefined) throw new Error('this machine has no free port');
    if (!taken.has(port)) return port;
  }
}

/** The ports of one stack, all different. */
export interface StackPorts {
  kafka: number;
  controller: number;
  cassandra: number;
  storage: number;
}

/** The ports that clients know. */
export type ClientPorts = Pick<StackPorts, 'kafka' | 'cassandra'>;

/** Where the course's clients look for the servers. */
export const usualPorts: ClientPorts = { kafka: 9092, cassandra: 9042 };

/** Clients find them anywhere. */
export const noPorts: ClientPorts = { kafka: 0, cassandra: 0 };

/**
 * Chooses all four. Clients have the usual ones where they are free, else those of `before`, where a run may still wait
 * for them; the servers' own talk has any.
 */
export async function choosePorts(usual = usualPorts, before = noPorts): Promise<StackPorts> {
  // The usual ones are nobody else's, even while they are taken: the other server may want to come back.
  const taken = new Set([usual.kafka, usual.cassandra]);
  const chosen = new Set<number>();
  const choose = async (...wanted: readonly number[]): Promise<number> => {
    const port = (await firstFree(wanted, chosen)) ?? (await anyPort(taken));
    taken.add(port);
    chosen.add(port);
    return port;
  };
  return {
    kafka: await choose(usual.kafka, before.kafka),
    cassandra: await choose(usual.cassandra, before.cassandra),
    controller: await choose(),
    storage: await choose(),
  };
}
