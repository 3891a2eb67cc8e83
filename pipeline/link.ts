// A library's client that can be relied on: opened with the first call, thrown away when it hangs or its connection
// is lost, opened anew. Both libraries were seen to leave a call unanswered for ever: cassandra-driver 4.10 when its
// node died while it reconnected, kafkajs 2.2.4 when its connection was reset at a bad moment.
import { setTimeout as delay } from 'node:timers/promises';

/** A shutdown takes some milliseconds; one that was seen to hang keeps nobody waiting. */
const shutdownMs = 2_000;

/** A call was not answered in time, by the server or by the library itself. */
export class NoAnswerError extends Error {}

export interface LinkOptions<Client> {
  make: () => Client;
  /** One whose connect failed stays broken: it is ended, and the next call makes another. */
  connect: (client: Client) => Promise<void>;
  end: (client: Client) => Promise<unknown>;
  /** Longer than any answer takes; the library's own timeout comes first wherever it works. */
  deadlineMs: number;
  /** Whether a client that threw this is better not used again. */
  isBroken?: (error: unknown) => boolean;
}

export interface Link<Client> {
  /** Runs a call on the client; rejects with `NoAnswerError` when it takes too long, else as the call does. */
  ask<T>(call: (client: Client) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** Nothing is connected until the first call. */
export function openLink<Client>(options: LinkOptions<Client>): Link<Client> {
  const { make, connect, end, deadlineMs, isBroken = () => false } = options;
  let current: Promise<Client> | undefined;

  async function open(): Promise<Client> {
    const client = make();
    try {
      await connect(client);
      return client;
    } catch (error) {
      await end(client).catch(() => undefined);
      throw error;
    }
  }

  function begin(): Promise<Client> {
    const opened = open();
    current = opened;
    opened.catch(() => {
      if (current === opened) current = undefined;
    });
    return opened;
  }

  function drop(used: Promise<Client>): void {
    if (current !== used) return;
    current = undefined;
    used.then(end).catch(() => undefined);
  }

  return {
    ask(call) {
      const used = current ?? begin();
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          drop(used);
          reject(new NoAnswerError(`no answer within ${deadlineMs} ms`));
        }, deadlineMs);
        // No promise more than it needs: each row comes this way.
        used.then(call).then(
          (answer) => {
            clearTimeout(timer);
            resolve(answer);
          },
          (error: unknown) => {
            clearTimeout(timer);
            if (isBroken(error)) drop(used);
            reject(error);
          },
        );
      });
    },
    async close() {
      const used = current;
      current = undefined;
      const shutdown = used?.then(end).catch(() => undefined);
      await Promise.race([shutdown, delay(shutdownMs, undefined, { ref: false })]);
    },
  };
}
