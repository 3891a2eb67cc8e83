// What the bench sends: users ready in memory, as the references have theirs, since it is not their making that is measured.
import type { Broker, OutgoingMessage } from '../../pipeline/kafka/broker.ts';
import { sendMax } from '../../pipeline/users/producer/schedule.ts';
import { createOfflineSource } from '../../pipeline/users/sources/offline.ts';
import { toUser } from '../../pipeline/users/to-user.ts';
import { traceHeader, type Trace } from '../../words/runs.ts';
import type { User } from '../../words/users.ts';

/** Requests to the broker that are on their way at a time. */
const inFlight = 2;

/** As long as the app's ids. */
const idOf = (index: number): string => index.toString(16).padStart(32, '0');

/** So many users, always the same. */
export async function someUsers(count: number): Promise<User[]> {
  const source = createOfflineSource({ seed: 1 });
  const all: User[] = [];
  while (all.length < count) {
    const taken = await source.take(count - all.length, new AbortController().signal);
    for (const raw of taken.users) all.push(toUser(raw, idOf(all.length)));
  }
  return all;
}

/** As the app sends it. */
export function toMessage(row: User): OutgoingMessage {
  const trace: Trace = { v: 1, fetchedAt: 1, sentAt: Date.now(), source: 'offline' };
  return {
    key: row.id,
    value: Buffer.from(JSON.stringify(row)),
    headers: { [traceHeader]: JSON.stringify(trace) },
  };
}

/** Bytes of a message: ProducerPerformance has neither keys nor headers, so all of it is value there. */
export function bytesOf({ key, value, headers }: OutgoingMessage): number {
  const parts = [key, value, ...Object.entries(headers ?? {}).flat()];
  return parts.flat().reduce((sum, part) => sum + Buffer.byteLength(part ?? ''), 0);
}

/** Sends them all, as many to a request as the app, and waits until the broker has acknowledged the last. */
export async function produce(
  broker: Broker,
  topic: string,
  messages: readonly OutgoingMessage[],
): Promise<void> {
  const producer = await broker.openProducer();
  let next = 0;
  const sendInTurn = async (): Promise<void> => {
    while (next < messages.length) {
      const from = next;
      next += sendMax;
      await producer.send(topic, messages.slice(from, next));
    }
  };
  await Promise.all(Array.from({ length: inFlight }, sendInTurn));
  await producer.close();
}

/** Things a second. */
export async function rateOf(things: number, work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return Math.round(things / ((performance.now() - startedAt) / 1_000));
}
