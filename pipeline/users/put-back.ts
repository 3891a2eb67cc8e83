// Sends a mended dead letter into the topic, once: the message and the mark on its letter are one transaction.
import { setTimeout as delay } from 'node:timers/promises';
import { letterHeaders } from '../../words/dead-letters.ts';
import { RiachoError } from '../../words/errors.ts';
import { trace, traceHeader, type Trace } from '../../words/runs.ts';
import { usersDeadLetterTopic, usersTopic } from '../../words/users.ts';
import {
  FencedError,
  headerText,
  TooLargeError,
  type Broker,
  type Message,
  type MessageHeaders,
  type OutgoingMessage,
} from '../kafka/broker.ts';
import { readTopic } from '../kafka/topic-reading.ts';
import { identityOf, putBackAtOf } from './letter-box.ts';

const transactionId = 'riacho-requeue';
/** How often it is tried when others put back at the same time. */
const triesMax = 5;
/** How often the committed mark is looked for; the commit holds in any case. */
const looksMax = 20;

export interface MendedLetter {
  /** Of the message that was refused. */
  partition: number;
  offset: number;
  value: string;
}

/**
 * Rejects with `LETTER_GONE`, `LETTER_PUT_BACK` or `MESSAGE_TOO_LARGE`. Whoever else puts back at the same time
 * is fenced off: of two transactions of one id only the later one can commit, and it reads what the other did.
 */
export async function putBack(broker: Broker, mended: MendedLetter): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await putBackNow(broker, mended);
      return;
    } catch (error) {
      if (!(error instanceof FencedError) || tries === triesMax) throw error;
      // Whoever fenced us off is left to finish, or both would fence each other off for ever.
      await delay(200 + Math.random() * 400);
    }
  }
}

async function putBackNow(broker: Broker, mended: MendedLetter): Promise<void> {
  const { partition, offset } = mended;
  const transaction = await broker.beginTransaction(transactionId);
  try {
    // Looked for only now, when nobody else can put it back any more.
    const letter = await letterToPutBack(broker, mended);
    const value = Buffer.from(mended.value);
    const headers = headersOf(letter);
    await transaction.send(usersTopic, [{ key: letter.key, value, headers }]).catch((error: unknown) => {
      if (!(error instanceof TooLargeError)) throw error;
      throw new RiachoError('MESSAGE_TOO_LARGE', { size: value.length }, error);
    });
    await transaction.send(usersDeadLetterTopic, [markOf(letter, { partition, offset })]);
  } catch (error) {
    await transaction.abort().catch(() => undefined);
    throw error;
  }
  await transaction.commit();
  await untilMarked(broker, mended);
}

/** A commit is answered before readers see it: whoever looks at the letter next shall find it put back. */
async function untilMarked(broker: Broker, mended: MendedLetter): Promise<void> {
  for (let looks = 0; looks < looksMax; looks += 1) {
    const isMarked = await letterToPutBack(broker, mended).then(
      () => false,
      (error: unknown) => error instanceof RiachoError && error.code === 'LETTER_PUT_BACK',
    );
    if (isMarked) return;
    await delay(50);
  }
}

async function letterToPutBack(broker: Broker, { partition, offset }: MendedLetter): Promise<Message> {
  const topic = usersDeadLetterTopic;
  const identity = `${partition}/${offset}`;
  let letter: Message | undefined;
  for await (const messages of readTopic(broker, { topic, ranges: await broker.ranges(topic) })) {
    for (const message of messages) {
      if (identityOf(message) !== identity) continue;
      const at = putBackAtOf(message);
      if (at !== undefined) throw new RiachoError('LETTER_PUT_BACK', { partition, offset, at });
      letter ??= message;
    }
  }
  if (!letter) throw new RiachoError('LETTER_GONE', { partition, offset });
  return letter;
}

/** The original's headers, without what made it a letter; its way through the lab begins anew. */
function headersOf({ headers }: Message): MessageHeaders {
  const ours = new Set<string>([...Object.values(letterHeaders), traceHeader]);
  const own = Object.fromEntries(Object.entries(headers).filter(([name]) => !ours.has(name)));
  const before = traceOf(headers);
  if (!before) return own;
  const { fetchedAt, source } = before;
  const fresh: Trace = { v: 1, fetchedAt, sentAt: Date.now(), source };
  return { ...own, [traceHeader]: JSON.stringify(fresh) };
}

/** What a message's trace header says; undefined where there is none that can be read. */
export function traceOf(headers: MessageHeaders): Trace | undefined {
  try {
    return trace.parse(JSON.parse(headerText(headers, traceHeader) ?? ''));
  } catch {
    return undefined;
  }
}

function markOf(letter: Message, place: { partition: number; offset: number }): OutgoingMessage {
  return {
    key: letter.key,
    value: null,
    headers: {
      [letterHeaders.topic]: usersTopic,
      [letterHeaders.partition]: String(place.partition),
      [letterHeaders.offset]: String(place.offset),
      [letterHeaders.putBackAt]: new Date().toISOString(),
    },
  };
}
