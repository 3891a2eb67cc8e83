// One message of a topic by its place.
import { RiachoError } from '../../words/errors.ts';
import type { Broker, Message } from '../kafka/broker.ts';
import { readTopic } from '../kafka/topic-reading.ts';

export interface MessageAt {
  topic: string;
  partition: number;
  offset: number;
}

/** Rejects with `MESSAGE_GONE` where no message lies: never one, removed since, or a transaction's marker. */
export async function getMessage(broker: Broker, at: MessageAt, signal?: AbortSignal): Promise<Message> {
  const { topic, partition, offset } = at;
  const ranges = (await broker.ranges(topic)).map((range) =>
    range.partition === partition && range.low <= offset && offset < range.high
      ? { partition, low: offset, high: offset + 1 }
      : { ...range, low: range.high },
  );
  for await (const [message] of readTopic(broker, { topic, ranges, ...(signal && { signal }) })) {
    if (message) return message;
  }
  throw new RiachoError('MESSAGE_GONE', { partition, offset });
}
