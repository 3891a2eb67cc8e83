// Where a producer of Kafka's default settings puts a key, ours among them.
import kafkajs from 'kafkajs';

const partition = kafkajs.Partitioners.DefaultPartitioner();

/** The partition of a key in a topic of so many (murmur2, as Kafka's own producers count it). */
export function partitionOf(key: string, partitions: number): number {
  const partitionMetadata = Array.from({ length: partitions }, (_, partitionId) => ({
    partitionId,
    partitionErrorCode: 0,
    leader: 0,
    replicas: [],
    isr: [],
  }));
  return partition({ topic: '', partitionMetadata, message: { key, value: null } });
}
