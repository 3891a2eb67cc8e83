// Our producer in a process of its own, as ProducerPerformance has one.
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const program = fileURLToPath(new URL('producer-program.ts', import.meta.url));

export interface Sending {
  /** `host:port` of the broker. */
  broker: string;
  topic: string;
  count: number;
}

/** What the app sends with, acknowledged by all replicas. Resolves with messages a second. */
export async function ourProducer({ broker, topic, count }: Sending): Promise<number> {
  const { stdout } = await promisify(execFile)(process.execPath, [program, broker, topic, String(count)]);
  return Number(stdout);
}
