// Asks whether a Spark master listens at an address: its protocol is Spark's own, so the connection is all that is asked.
import { once } from 'node:events';
import { connect } from 'node:net';
import { RiachoError } from '../../words/errors.ts';

const answerMs = 3_000;

/** `host:port` of a master's address, `spark://host:port`; the first where it names several. */
export function masterPlace(master: string): string {
  return master.replace(/^spark:\/\//, '').split(',')[0] ?? '';
}

/** Rejects with `SPARK_UNREACHABLE` {address}. */
export async function masterAnswers(address: string): Promise<string> {
  const [, host = '', port = ''] = /^(.*):(\d+)$/.exec(address) ?? [];
  const socket = connect({ host: host.replace(/^\[|\]$/g, ''), port: Number(port) });
  try {
    await once(socket, 'connect', { signal: AbortSignal.timeout(answerMs) });
    return address;
  } catch (error) {
    throw new RiachoError('SPARK_UNREACHABLE', { address }, error);
  } finally {
    socket.destroy();
  }
}
