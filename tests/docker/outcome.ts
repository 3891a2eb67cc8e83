// What became of a topic's messages, as tests compare it: every cell of every row and every byte of every letter, whoever
// wrote them.
import type { Database } from '../../pipeline/cassandra/database.ts';
import { headerText, type Broker, type Message } from '../../pipeline/kafka/broker.ts';
import { readTopic } from '../../pipeline/kafka/topic-reading.ts';
import { decide } from '../../pipeline/users/decide.ts';
import { identityOf } from '../../pipeline/users/letter-box.ts';
import { allUsers } from '../../pipeline/users/rows.ts';
import { letterHeaders } from '../../words/dead-letters.ts';
import { usersDeadLetterTopic, usersTopic } from '../../words/users.ts';

/** Every row by its id. */
export async function rowsById(database: Database): Promise<Map<string, string>> {
  const all = new Map<string, string>();
  for await (const rows of allUsers(database)) for (const row of rows) all.set(row['id'] ?? '', rowText(row));
  return all;
}

/** A row's cells in one order. */
export function rowText(row: Readonly<Record<string, string | null>>): string {
  return JSON.stringify(Object.entries(row).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** Every message of a topic. */
export async function messagesOf(broker: Broker, topic: string): Promise<Message[]> {
  const all: Message[] = [];
  for await (const some of readTopic(broker, { topic, ranges: await broker.ranges(topic) }))
    all.push(...some);
  return all;
}

/** The copies of each letter by where its message lay (`partition/offset`), as they are but for when they were refused. */
export async function lettersBySource(broker: Broker): Promise<Map<string, string[]>> {
  const letters = await messagesOf(broker, usersDeadLetterTopic);
  const bySource = Map.groupBy(letters, identityOf);
  return new Map([...bySource].map(([source, copies]) => [source, copies.map(letterText)]));
}

function letterText({ key, value, headers }: Message): string {
  const said = Object.keys(headers)
    .filter((name) => name !== letterHeaders.refusedAt)
    .sort()
    .map((name) => [name, headerText(headers, name)]);
  return JSON.stringify([key?.toString('base64'), value?.toString('base64'), said]);
}

/** What must be in the table and among the letters once everything in the users' topic was read. */
export async function expectedOf(
  broker: Broker,
): Promise<{ rows: Map<string, string>; refused: Set<string> }> {
  const rows = new Map<string, string>();
  const refused = new Set<string>();
  const messages = await messagesOf(broker, usersTopic);
  for (const { partition, offset, value } of messages.toSorted((a, b) => a.offset - b.offset)) {
    const decision = decide(value);
    if ('row' in decision) rows.set(decision.row.id, rowText(decision.row));
    else refused.add(`${partition}/${offset}`);
  }
  return { rows, refused };
}
