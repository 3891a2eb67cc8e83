// What a client and the supervisor say to each other: one JSON value a line, each answer to a question. Nothing
// is pushed, and every length is bounded. Opens no connection.
import type { Socket } from 'node:net';
import { z } from 'zod';
import { fault } from '../../words/fault.ts';
import { labService, stackStatus } from '../../words/stack.ts';

/** The longest line that either side takes: a status is some 2 KB. */
const lineChars = 64 * 1024;

const id = z.number().int();

/** A question to the supervisor. */
export const request = z.discriminatedUnion('method', [
  /** Long poll on the status; answers with a `statusAnswer`. */
  z.object({ id, method: z.literal('status'), after: z.number() }),
  /** Starts what is not running and answers at once with an `upAnswer`; the status tells how it goes. */
  z.object({ id, method: z.literal('up'), leaveRunning: z.boolean() }),
  /** The asking connection takes the stack over: to end with it, or to leave it running. */
  z.object({ id, method: z.literal('own'), leaveRunning: z.boolean() }),
  /** Stops one service where it runs and starts it; answers when it is healthy. */
  z.object({ id, method: z.literal('restartService'), service: labService }),
  /** Stops one service, answers when it has stopped; with the last one the stack ends. */
  z.object({ id, method: z.literal('stopService'), service: labService }),
  /** Stops the stack, answers when it has stopped; then the supervisor ends. */
  z.object({ id, method: z.literal('down') }),
  /** The same, and removes the data. */
  z.object({ id, method: z.literal('reset') }),
]);
export type Request = z.infer<typeof request>;

type WithoutId<T> = T extends unknown ? Omit<T, 'id'> : never;
/** A question before it gets its number. */
export type Question = WithoutId<Request>;

/** What comes back: the answer to the question of that number, or the fault. */
export const response = z.union([z.object({ id, fault }), z.object({ id, answer: z.unknown() })]);
export type Response = z.infer<typeof response>;

export const statusAnswer = z.object({ version: z.number(), frame: stackStatus });
/** `version`: the status of this start is newer than, or is, this one. */
export const upAnswer = z.object({ adopted: z.boolean(), version: z.number() });
export const doneAnswer = z.object({ done: z.literal(true) });

/** One message as it travels. */
export function encodeLine(message: Request | Response): string {
  return `${JSON.stringify(message)}\n`;
}

/**
 * Hands over each line that `socket` brings, read by `schema`. Whoever sends something else, or an endless
 * line, is cut off.
 */
export function readMessages<T>(socket: Socket, schema: z.ZodType<T>, onMessage: (message: T) => void): void {
  let rest = '';
  socket.setEncoding('utf8');
  socket.on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > lineChars) return void socket.destroy();
    for (const line of lines) {
      const message = decode(line, schema);
      if (message === undefined) return void socket.destroy();
      onMessage(message);
    }
  });
}

function decode<T>(line: string, schema: z.ZodType<T>): T | undefined {
  try {
    return schema.parse(JSON.parse(line));
  } catch {
    return undefined;
  }
}
