// A driver client that can be relied on: opened with the first call, thrown away when it hangs, opened anew.
// cassandra-driver 4.10 was seen to leave a call, and a shutdown, unanswered for ever when its node died while it
// reconnected.
import { setTimeout as delay } from 'node:timers/promises';
import cassandra, { type Client as DriverClient, type ClientOptions } from 'cassandra-driver';

/** The driver's own read timeout comes first wherever it works. */
const deadlineMs = 15_000;
/** A shutdown takes some milliseconds; one that was seen to hang keeps nobody waiting. */
const shutdownMs = 2_000;

/** A call was not answered in time, by the node or by the driver itself. */
export class NoAnswerError extends Error {}

export interface Link {
  /** Runs a call on the client; rejects with `NoAnswerError` when it takes too long, else as the call does. */
  ask<T>(call: (client: DriverClient) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** Nothing is connected until the first call. */
export function openLink(options: ClientOptions): Link {
  let current: Promise<DriverClient> | undefined;

  async function connect(): Promise<DriverClient> {
    const client = new cassandra.Client(options);
    try {
      await client.connect();
      return client;
    } catch (error) {
      // A client whose first connect failed stays broken.
      await client.shutdown().catch(() => undefined);
      throw error;
    }
  }

  function drop(used: Promise<DriverClient>): void {
    if (current === used) current = undefined;
    used.then((client) => client.shutdown()).catch(() => undefined);
  }

  return {
    ask(call) {
      const used = (current ??= connect());
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          drop(used);
          reject(new NoAnswerError(`no answer within ${deadlineMs} ms`));
        }, deadlineMs);
        used
          .catch((error: unknown) => {
            if (current === used) current = undefined;
            throw error;
          })
          .then((client) => call(client))
          .then(resolve, reject)
          .finally(() => clearTimeout(timer));
      });
    },
    async close() {
      const used = current;
      current = undefined;
      const shutdown = used?.then((client) => client.shutdown()).catch(() => undefined);
      await Promise.race([shutdown, delay(shutdownMs, undefined, { ref: false })]);
    },
  };
}
