// The contract, served: each procedure calls one service of the app and holds no logic of its own.
import { implement, ORPCError } from '@orpc/server';
import { contract } from '../../contract/contract.ts';
import { readDeadLetters, readMessages } from '../../pipeline/messages.ts';
import { faultOf, RiachoError } from '../../words/errors.ts';
import { usersDeadLetterTopic, usersTopic } from '../../words/users.ts';
import type { Services } from '../services.ts';

/** Turns whatever was thrown into a typed error of the contract; the evidence stays in the log file. */
function toContractError(error: unknown, log: Services['log']): unknown {
  if (error instanceof ORPCError) return error;
  log('a call failed', error);
  const isAbort = error instanceof Error && error.name === 'AbortError';
  const { code, params } = isAbort ? new RiachoError('CANCELLED') : faultOf(error);
  return new ORPCError(code, { defined: true, data: params, message: code });
}

/** The router that every host mounts; `services` are its context. */
export function createRouter(services: Services) {
  const { stack, runs, exports, rows, connections, doctor, log } = services;
  const api = implement(contract).use(async ({ next }) => {
    try {
      return await next();
    } catch (error) {
      throw toContractError(error, log);
    }
  });
  return api.router({
    stack: {
      start: api.stack.start.handler(({ input, signal }) => stack.start(input.leaveRunning, signal)),
      stop: api.stack.stop.handler(() => stack.stop()),
      reset: api.stack.reset.handler(() => stack.reset()),
      status: api.stack.status.handler(() => stack.status()),
      next: api.stack.next.handler(({ input, signal }) => stack.next(input.after, signal)),
    },
    topic: {
      sum: api.topic.sum.handler(() => runs.sum()),
    },
    producer: {
      start: api.producer.start.handler(({ input }) => runs.startProducer(input)),
      stop: api.producer.stop.handler(() => runs.stopProducer()),
    },
    consumer: {
      start: api.consumer.start.handler(({ input, signal }) => runs.startConsumer(input.mode, signal)),
      stop: api.consumer.stop.handler(() => runs.stopConsumer()),
      isCaughtUp: api.consumer.isCaughtUp.handler(() => runs.isCaughtUp()),
    },
    runs: {
      next: api.runs.next.handler(({ input, signal }) => runs.feed.next(input.after, signal)),
    },
    messages: {
      read: api.messages.read.handler(async ({ input, signal }) => {
        const { broker } = await connections.open();
        return readMessages(broker, usersTopic, { ...input, ...(signal && { signal }) });
      }),
    },
    deadLetters: {
      read: api.deadLetters.read.handler(async ({ input, signal }) => {
        const { broker } = await connections.open();
        return readDeadLetters(broker, usersDeadLetterTopic, { ...input, ...(signal && { signal }) });
      }),
    },
    rows: {
      read: api.rows.read.handler(({ input }) => rows.read(input.limit, input.page)),
      find: api.rows.find.handler(({ input }) => rows.find(input.id)),
      count: api.rows.count.handler(({ signal }) => rows.count(signal)),
    },
    cql: {
      execute: api.cql.execute.handler(async ({ input }) => {
        const { database } = await connections.open();
        return database.execute(input.statement, input.limit);
      }),
    },
    export: {
      start: api.export.start.handler(({ input }) => exports.start(input)),
      next: api.export.next.handler(({ input, signal }) => exports.feed.next(input.after, signal)),
      cancel: api.export.cancel.handler(() => exports.cancel()),
    },
    doctor: {
      check: api.doctor.check.handler(() => doctor()),
    },
  });
}
