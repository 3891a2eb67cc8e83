// What a person is shown of a service and of the stack, out of its plan, its container and what is being done to it. Pure.
import { RiachoError, type Fault } from '../../../words/errors.ts';
import {
  labService,
  type ServiceStatus,
  type ServiceStep,
  type StackNotice,
  type StackStatus,
} from '../../../words/stack.ts';
import { summarize } from '../../stack-board.ts';
import type { ComposeService } from '../compose/compose-types.ts';
import type { ContainerView } from './container-view.ts';
import { pageLabel } from './labels.ts';
import { isOneShot, serviceNameOf } from '../compose/plan.ts';

/** The codes with which a service ends that was asked to: by itself, by Ctrl-C, by SIGTERM. */
const askedToStop = new Set([0, 130, 143]);
const bytesPerMb = 1024 * 1024;

/** What is being done to a service just now, or has failed for it. */
export type Activity =
  | { status: 'working'; step: ServiceStep }
  | { status: 'stopping' }
  /** By itself, because somebody asked for it: however it ended, it did not fail. */
  | { status: 'stopped' }
  | { status: 'failed'; fault: Fault };

export interface ServiceFacts {
  service: ComposeService;
  isOneShot: boolean;
  view?: ContainerView;
  activity?: Activity;
  /** Its container went, and not by us. */
  isRemoved: boolean;
  /** The engine is not there, and what is known is of before. */
  gone?: Fault;
}

/** How a service is named to people; one that Riacho knows nothing of, as the file names it. */
export function shownName(composeName: string): string {
  return serviceNameOf(composeName) ?? composeName;
}

/** `service`: as people know it. */
export function outOfMemory(service: string, limitBytes = 0): RiachoError {
  return new RiachoError('SERVICE_OUT_OF_MEMORY', { service, limit: Math.round(limitBytes / bytesPerMb) });
}

/** The fault of a container that has ended or is unwell; undefined for one that is neither. */
export function faultOfContainer(view: ContainerView): RiachoError | undefined {
  const service = shownName(view.service);
  const hasEnded = view.state === 'exited' || view.state === 'restarting';
  if (view.outOfMemory && (hasEnded || view.restarts > 0)) {
    return outOfMemory(service, view.memoryLimitBytes);
  }
  if (hasEnded) {
    return new RiachoError('SERVICE_EXITED', { service, exitCode: view.exitCode, line: view.evidence ?? '' });
  }
  if (view.health === 'unhealthy') {
    return new RiachoError('SERVICE_UNHEALTHY', { service, line: view.said ?? view.evidence ?? '' });
  }
  return undefined;
}

/** Whether a container ended as one does that was told to. */
export function wasStopped(view: ContainerView): boolean {
  return view.state === 'exited' && !view.outOfMemory && askedToStop.has(view.exitCode);
}

/** Undefined for what is not shown: a one-shot that is done or has nothing to do, and what Riacho has no name for. */
export function statusOf(facts: ServiceFacts): ServiceStatus | undefined {
  const { service, view } = facts;
  const name = serviceNameOf(service.name);
  if (name === undefined) return undefined;
  const condition = conditionOf(facts);
  if (facts.isOneShot && (condition.state === 'stopped' || condition.state === 'absent')) return undefined;
  const image = view?.image ?? service.image;
  const { address, page } = placesOf(service, view);
  const version = /:([^/:]+)$/.exec(image)?.[1];
  return {
    name,
    address,
    image,
    ...condition,
    ...(version !== undefined && { version }),
    ...(view && { container: view.name }),
    ...(view?.memoryLimitBytes !== undefined && { memoryLimitBytes: view.memoryLimitBytes }),
    ...(view?.state === 'running' && view.startedAt !== undefined && { startedAt: view.startedAt }),
    ...(view?.state === 'running' && view.readyMs !== undefined && { readyMs: view.readyMs }),
    ...(page !== undefined && condition.state === 'healthy' && { page }),
  };
}

type Condition = Pick<ServiceStatus, 'state' | 'step' | 'said' | 'fault'>;

function conditionOf({ service, view, activity, isRemoved, gone, isOneShot: ends }: ServiceFacts): Condition {
  const isDone = ends && view !== undefined && wasStopped(view);
  if (gone && view && !isDone) return { state: 'unhealthy', fault: gone };
  if (activity?.status === 'stopping') return { state: 'stopping' };
  if (activity?.status === 'working') return { state: stateOfStep(activity.step), step: activity.step };
  if (activity?.status === 'stopped' && view?.state === 'exited') return { state: 'stopped' };
  if (activity?.status === 'failed' && !(view && isWell(view)))
    // An engine that goes ends its containers first: that it went is why, and not that one of them ended.
    return { state: 'failed', fault: gone ?? activity.fault };
  if (view) return conditionOfContainer(view, ends);
  if (!isRemoved) return { state: 'stopped' };
  return {
    state: 'absent',
    fault: { code: 'SERVICE_REMOVED', params: { service: shownName(service.name) } },
  };
}

function stateOfStep({ kind }: ServiceStep): 'pulling' | 'starting' {
  return kind === 'pulling' || kind === 'building' ? 'pulling' : 'starting';
}

/** Whether it runs and its own check, where it has one, passes. */
export function isWell({ state, health }: ContainerView): boolean {
  return state === 'running' && (health === undefined || health === 'healthy');
}

function conditionOfContainer(view: ContainerView, ends: boolean): Condition {
  const fault = faultOfContainer(view)?.fault;
  const said = view.said !== undefined && { said: view.said };
  if (view.state === 'created' || view.state === 'paused' || wasStopped(view)) return { state: 'stopped' };
  if (view.state === 'exited') return { state: 'failed', ...(fault && { fault }) };
  if (view.health === 'unhealthy') return { state: 'unhealthy', ...said, ...(fault && { fault }) };
  if (isWell(view) && !ends) return { state: 'healthy' };
  const step: ServiceStep =
    view.restarts > 0
      ? { kind: 'restarting', attempt: view.restarts }
      : { kind: ends ? 'launching' : 'answering' };
  return { state: 'starting', step, ...said, ...(fault && { fault }) };
}

/** Where clients find it, and people its page: on the first of its ports. */
function placesOf(
  service: ComposeService,
  view: ContainerView | undefined,
): { address: string; page?: string } {
  const [first] = service.ports;
  if (first === undefined) return { address: '' };
  const address = `localhost:${view?.ports.get(first.containerPort) ?? first.hostPort}`;
  const path = service.labels[pageLabel];
  return { address, ...(path !== undefined && { page: new URL(path, `http://${address}`).href }) };
}

/** Before anything is known: what every profile runs is not running. */
export const idleStatus: StackStatus = {
  engine: 'docker',
  stack: 'stopped',
  services: labService.options.map((name) => ({ name, state: 'stopped', address: '' })),
  notices: [],
};

/** All that the stack's state is made of. */
export interface StackFacts {
  /** Every service that may be shown, in the order of the file. */
  services: readonly ComposeService[];
  views: ReadonlyMap<string, ContainerView>;
  activities: ReadonlyMap<string, Activity>;
  removed: ReadonlySet<string>;
  gone: Fault | undefined;
  notices: StackNotice[];
}

/**
 * The stack is what its begun services are: one that was never started (another profile's, or left out) is shown as
 * stopped and makes a stack neither unwell nor stopped.
 */
export function stackStatusOf(facts: StackFacts): StackStatus {
  const shown = facts.services.flatMap((service) => {
    const view = facts.views.get(service.name);
    const activity = facts.activities.get(service.name);
    const isRemoved = facts.removed.has(service.name);
    const status = statusOf({
      service,
      isOneShot: isOneShot(service, facts.services),
      isRemoved,
      ...(view && { view }),
      ...(activity && { activity }),
      ...(facts.gone && { gone: facts.gone }),
    });
    return status ? [{ status, hasBegun: view !== undefined || activity !== undefined || isRemoved }] : [];
  });
  const begun = shown.filter(({ hasBegun }) => hasBegun).map(({ status }) => status.state);
  return {
    engine: 'docker',
    stack: begun.length === 0 ? 'stopped' : summarize(begun),
    services: shown.map(({ status }) => status),
    notices: facts.notices,
  };
}
