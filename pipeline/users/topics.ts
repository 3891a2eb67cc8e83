// The two topics of the `users` lab as Riacho makes them, and the check that they are there.
import { RiachoError } from '../../words/errors.ts';
import { usersDeadLetterTopic, usersTopic } from '../../words/users.ts';
import type { Creation } from '../cassandra/database.ts';
import type { Broker, TopicSpec } from '../kafka/broker.ts';

const partitions = 3;
/** Kafka's own default for the largest batch a topic takes. */
const messageMaxBytes = 1_048_588;
/** What a letter adds to the message it keeps: its headers. */
const letterExtraBytes = 64 * 1024;

/** Nothing is removed by age, and a producer's snappy, lz4 or zstd is stored plain: kafkajs reads gzip only. */
const shared = { 'cleanup.policy': 'delete', 'retention.ms': '-1', 'compression.type': 'uncompressed' };

function usersTopics({ replication }: Creation): TopicSpec[] {
  return [
    {
      topic: usersTopic,
      partitions,
      replication,
      config: { ...shared, 'max.message.bytes': String(messageMaxBytes) },
    },
    {
      topic: usersDeadLetterTopic,
      partitions,
      replication,
      config: { ...shared, 'max.message.bytes': String(messageMaxBytes + letterExtraBytes) },
    },
  ];
}

/** Makes both topics if absent and allowed; rejects with `TOPIC_MISSING` when one is absent and may not be made. */
export async function ensureUsersTopics(broker: Broker, creation: Creation | undefined): Promise<void> {
  if (creation) {
    await broker.create(usersTopics(creation));
    return;
  }
  const wanted = [usersTopic, usersDeadLetterTopic];
  const there = await broker.existing(wanted);
  const topic = wanted.find((name) => !there.includes(name));
  if (topic !== undefined) throw new RiachoError('TOPIC_MISSING', { topic });
}
