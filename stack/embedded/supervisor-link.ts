// A client's connection to the supervisor: asks, and hands over what is answered. Starts no supervisor.
import type { Socket } from 'node:net';
import type { z } from 'zod';
import { RiachoError } from '../../words/errors.ts';
import { dial } from './endpoint.ts';
import { encodeLine, readMessages, response, type Question, type Response } from './protocol.ts';

/** An open connection. Whoever dials it closes it. */
export interface SupervisorLink {
  /** Resolves when the connection has ended, whoever ended it. */
  readonly closed: Promise<void>;
  readonly isOpen: boolean;
  /**
   * The answer to `question`, read by `schema`. Rejects with the supervisor's fault, with `STACK_NOT_RUNNING`
   * when the connection ends first, and with `CANCELLED` on abort (the question stands all the same).
   */
  ask<T>(question: Question, schema: z.ZodType<T>, signal?: AbortSignal): Promise<T>;
  close(): void;
}

/** Connects to the supervisor at `path`; undefined when there is none. */
export async function openLink(path: string): Promise<SupervisorLink | undefined> {
  const socket = await dial(path);
  return socket && linkOver(socket);
}

function linkOver(socket: Socket): SupervisorLink {
  const waiting = new Map<number, (response: Response | undefined) => void>();
  let lastId = 0;
  const closed = new Promise<void>((resolve) => {
    socket.once('close', () => {
      for (const settle of waiting.values()) settle(undefined);
      resolve();
    });
  });
  socket.on('error', () => undefined);
  readMessages(socket, response, (message) => waiting.get(message.id)?.(message));

  return {
    closed,
    get isOpen() {
      return !socket.destroyed;
    },
    async ask(question, schema, signal) {
      if (signal?.aborted) throw new RiachoError('CANCELLED');
      if (socket.destroyed) throw new RiachoError('STACK_NOT_RUNNING');
      const id = ++lastId;
      const { promise, resolve, reject } = Promise.withResolvers<Response | undefined>();
      const cancel = () => reject(new RiachoError('CANCELLED'));
      waiting.set(id, resolve);
      signal?.addEventListener('abort', cancel);
      try {
        socket.write(encodeLine({ ...question, id }));
        const message = await promise;
        if (message === undefined) throw new RiachoError('STACK_NOT_RUNNING');
        if ('fault' in message) throw new RiachoError(message.fault.code, message.fault.params);
        return schema.parse(message.answer);
      } finally {
        waiting.delete(id);
        signal?.removeEventListener('abort', cancel);
      }
    },
    close() {
      socket.end();
      socket.destroySoon();
    },
  };
}
