// One record's way, read back: from its message to what became of it, and from its row to its message.
import type { FollowedRecord, RecordFate } from '../../words/browse.ts';
import { usersTopic } from '../../words/users.ts';
import type { Database } from '../cassandra/database.ts';
import type { Broker, Message } from '../kafka/broker.ts';
import { readTopic } from '../kafka/topic-reading.ts';
import { viewBytes } from '../browse/shown-bytes.ts';
import { partitionOf } from '../kafka/partition-of.ts';
import { decide } from './decide.ts';
import { traceOf } from './put-back.ts';

/**
 * What is known of the message now. `decided` says up to which offset its partition was decided: what lies
 * behind is waiting. A message that `append` skipped is told by the row that is not there.
 */
export async function wayOf(message: Message, database: Database, decided: number): Promise<FollowedRecord> {
  const { partition, offset, timestamp } = message;
  const trace = traceOf(message.headers);
  const { fate, row } = await fateOf(message, database, decided);
  return {
    partition,
    offset,
    key: viewBytes(message.key)?.content ?? null,
    ...(trace && { fetchedAt: trace.fetchedAt, sentAt: trace.sentAt, source: trace.source }),
    ...(trace?.spoiled && { spoiled: trace.spoiled }),
    inTopicAt: timestamp,
    fate,
    ...(row && { row }),
  };
}

async function fateOf(
  { offset, value }: Message,
  database: Database,
  decided: number,
): Promise<{ fate: RecordFate; row?: Readonly<Record<string, string>> }> {
  if (offset >= decided) return { fate: { status: 'waiting' } };
  const decision = decide(value);
  if ('reason' in decision) return { fate: { status: 'dead-letter', reason: decision.reason } };
  const found = await database.findUser(decision.row.id);
  if (!found) return { fate: { status: 'no-row' } };
  return { fate: { status: 'written', writtenAt: found.writtenAt }, row: found.row };
}

export interface RowSearch {
  id: string;
  /** How far it is: `scanned` of `total` messages were looked at. */
  progress: (scanned: number, total: number) => void;
  signal: AbortSignal;
}

/**
 * The last message that became the row of this id. Looked for where its key would lie, then, since other
 * producers send no key, everywhere. Undefined where none is left; rejects when the signal ends it.
 */
export async function findMessageOfRow(broker: Broker, search: RowSearch): Promise<Message | undefined> {
  const ranges = await broker.ranges(usersTopic);
  const keyed = partitionOf(search.id, ranges.length);
  const total = ranges.reduce((sum, { low, high }) => sum + high - low, 0);
  let scanned = 0;
  search.progress(scanned, total);
  const scan = async (isWanted: (partition: number) => boolean): Promise<Message | undefined> => {
    const wanted = ranges.map((range) => (isWanted(range.partition) ? range : { ...range, low: range.high }));
    let found: Message | undefined;
    const reading = { topic: usersTopic, ranges: wanted, signal: search.signal };
    for await (const messages of readTopic(broker, reading)) {
      for (const message of messages) {
        if (isOfRow(message, search.id) && (!found || isLater(message, found))) found = message;
      }
      scanned += messages.length;
      search.progress(scanned, total);
    }
    return found;
  };
  return (await scan((partition) => partition === keyed)) ?? scan((partition) => partition !== keyed);
}

function isLater(message: Message, than: Message): boolean {
  return message.partition === than.partition
    ? message.offset > than.offset
    : message.timestamp > than.timestamp;
}

function isOfRow({ value }: Message, id: string): boolean {
  const decision = decide(value);
  return 'row' in decision && decision.row.id === id;
}
