// Dead letters on their way to their topic: built from the refused message, sent in bounded batches.
import { letterHeaders, type DeadLetterReason } from '../../../words/dead-letters.ts';
import { usersDeadLetterTopic, usersTopic } from '../../../words/users.ts';
import {
  TooLargeError,
  type Message,
  type MessageProducer,
  type OutgoingMessage,
} from '../../kafka/broker.ts';

/** One request holds at most this much, far below what a broker takes by default (1 MiB). */
const requestBytes = 512 * 1024;
/** Sizes to which a letter is cut that the broker will not take whole, the largest first. */
const cutSizes = [512 * 1024, 64 * 1024, 1024, 0];

/** The letter of a message: its key, headers and bytes as they are, and why and when it was refused. */
export function toLetter(message: Message, reason: DeadLetterReason, refusedAt: Date): OutgoingMessage {
  // A letter that was put back may be refused again: what is said of it now is not what was said then.
  const { [letterHeaders.cut]: _cut, [letterHeaders.putBackAt]: _at, ...headers } = message.headers;
  return {
    key: message.key,
    value: message.value,
    headers: {
      ...headers,
      [letterHeaders.reason]: reason,
      [letterHeaders.topic]: usersTopic,
      [letterHeaders.partition]: String(message.partition),
      [letterHeaders.offset]: String(message.offset),
      [letterHeaders.refusedAt]: refusedAt.toISOString(),
    },
  };
}

function sizeOf(letter: OutgoingMessage): number {
  return (letter.value?.length ?? 0) + (letter.key?.length ?? 0) + 512;
}

/**
 * Sends letters, resolving when the broker has all of them. One that is too large even alone is kept cut, and
 * says so in a header. Rejects when the broker is away; what was sent until then may lie there twice later,
 * which changes nothing: a letter *is* its source partition and offset.
 */
export async function sendLetters(
  producer: MessageProducer,
  letters: readonly OutgoingMessage[],
): Promise<void> {
  let request: OutgoingMessage[] = [];
  let bytes = 0;
  for (const letter of letters) {
    if (request.length > 0 && bytes + sizeOf(letter) > requestBytes) {
      await sendRequest(producer, request);
      request = [];
      bytes = 0;
    }
    request.push(letter);
    bytes += sizeOf(letter);
  }
  if (request.length > 0) await sendRequest(producer, request);
}

async function sendRequest(producer: MessageProducer, letters: OutgoingMessage[]): Promise<void> {
  try {
    await producer.send(usersDeadLetterTopic, letters);
  } catch (error) {
    if (!(error instanceof TooLargeError)) throw error;
    for (const letter of letters) await sendCut(producer, letter);
  }
}

async function sendCut(producer: MessageProducer, letter: OutgoingMessage): Promise<void> {
  const whole = letter.value?.length ?? 0;
  const riachoOnly = Object.fromEntries(
    Object.entries(letter.headers ?? {}).filter(([name]) =>
      Object.values<string>(letterHeaders).includes(name),
    ),
  );
  const cuts = cutSizes
    .filter((size) => size < whole)
    .map((size) => ({ ...letter, value: letter.value?.subarray(0, size) ?? null }))
    .map((cut) => ({ ...cut, headers: { ...letter.headers, [letterHeaders.cut]: String(whole) } }));
  const bare = {
    key: null,
    value: Buffer.alloc(0),
    headers: { ...riachoOnly, [letterHeaders.cut]: String(whole) },
  };
  for (const attempt of [letter, ...cuts, bare]) {
    try {
      await producer.send(usersDeadLetterTopic, [attempt]);
      return;
    } catch (error) {
      if (!(error instanceof TooLargeError) || attempt === bare) throw error;
    }
  }
}
