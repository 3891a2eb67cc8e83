// Docker's events about the containers of one project. Decides nothing by them.
import type Dockerode from 'dockerode';
import { z } from 'zod';
import { ofProject } from './labels.ts';
import { messagesOf } from '../images/messages.ts';

/** Those that change what a container is; a health check that runs is three more, every few seconds. */
const wanted = ['create', 'start', 'die', 'destroy', 'health_status', 'oom'];

const containerEvent = z.object({ Action: z.string(), Actor: z.object({ ID: z.string() }) });

/** The id of each container that something happened to, as it happens. */
export type ContainerEvents = AsyncGenerator<{ id: string; isOutOfMemory: boolean }>;

/** Listens as soon as it has resolved; ends with the engine, or when aborted. */
export async function openEvents(
  docker: Dockerode,
  project: string,
  signal: AbortSignal,
): Promise<ContainerEvents> {
  const filters = { ...ofProject(project), type: ['container' as const], event: wanted };
  return eventsOf(await docker.getEvents({ filters, abortSignal: signal }), signal);
}

async function* eventsOf(stream: NodeJS.ReadableStream, signal: AbortSignal): ContainerEvents {
  for await (const message of messagesOf(stream, signal)) {
    const event = containerEvent.safeParse(message).data;
    if (event) yield { id: event.Actor.ID, isOutOfMemory: event.Action === 'oom' };
  }
}
