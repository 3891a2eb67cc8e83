// The app's consumer and the library alone, each in a process of its own: neither collects what the other threw away.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Lab } from '../integration/lab.ts';

const program = fileURLToPath(new URL('writer-program.ts', import.meta.url));

export interface Writer {
  /** Writes all rows: the driver from memory, the consumer from the topic. Resolves with rows a second. */
  write(): Promise<number>;
  close(): void;
}

/** Resolves when it is ready; close it when done. */
export async function openWriter(
  kind: 'consumer' | 'driver',
  { addresses }: Lab,
  count: number,
): Promise<Writer> {
  const child = fork(program, [kind, addresses.kafka, addresses.cassandra, String(count)]);
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`${kind} ended with ${String(code)}`);
  });
  ended.catch(() => undefined);
  const said = async (): Promise<unknown> => {
    const [word] = await Promise.race([once(child, 'message'), ended]);
    return word;
  };
  await said();
  return {
    async write() {
      child.send('write');
      return Number(await said());
    },
    close: () => child.disconnect(),
  };
}
