// Brings one service to where others may build on it: its container made or adopted, started, and well. Or says why not.
import type Dockerode from 'dockerode';
import { RiachoError } from '../../../words/errors.ts';
import type { LogRead } from '../../engine.ts';
import { tellingLine } from '../../telling-line.ts';
import type { ComposeFile, ComposeService } from '../compose/compose-types.ts';
import { readContainerLog } from './container-log.ts';
import { containerSpec, type ContainerSpec } from './container-spec.ts';
import type { ContainerView } from './container-view.ts';
import { dockerWords, engineGone, takenName, takenPort } from '../engine/docker-faults.ts';
import type { OpenedDocker } from '../engine/find-engine.ts';
import type { Made } from './made.ts';
import { processAt } from '../preflight/port-holder.ts';
import { faultOfContainer, isWell, outOfMemory, shownName } from './service-status.ts';
import { removeContainers, stopContainer } from './take-down.ts';
import type { Watch } from './watch.ts';

/** What a shell says of a program that is not there, and of one that may not be run. */
const noProgram = 127;
const noRight = 126;
/** The code of a process that got SIGKILL, and how long Docker may take to say that it was for its memory. */
const killedCode = 137;
/** Seen to come half a second later on a busy machine. */
const memoryWordMs = 3_000;
/** How much of a failed container's log is kept when the container goes. */
const lastWordLines = 400;

export interface LaunchJob {
  engine: OpenedDocker;
  file: ComposeFile;
  watch: Watch;
  made: Made;
  /** The log of a container that failed, before it is removed. */
  onLastWords: (service: string, log: LogRead) => void;
  signal: AbortSignal;
}

/** A service to bring up. */
export interface Launch {
  service: ComposeService;
  imageId: string;
  isOneShot: boolean;
}

/** Whether what is there is as the file wants it, or somebody else's and not ours to judge. */
function isAsWanted(view: ContainerView, spec: Pick<ContainerSpec, 'madeFrom'>): boolean {
  return view.madeFrom === undefined || view.madeFrom === spec.madeFrom;
}

/** A one-shot that has done its work. */
function isDone(view: ContainerView): boolean {
  return view.state === 'exited' && view.exitCode === 0 && !view.outOfMemory;
}

/** Whether nothing is left to do for it. */
export function isSettled(job: Pick<LaunchJob, 'file' | 'watch'>, launch: Launch): boolean {
  const { service, imageId, isOneShot } = launch;
  const view = job.watch.views.get(service.name);
  if (view === undefined || !isAsWanted(view, containerSpec(job.file, service, imageId))) return false;
  return isOneShot ? isDone(view) : isWell(view);
}

/** Resolves with the container's id once it runs; with that of one that has done its work where `isOneShot`. */
export async function startService(job: LaunchJob, launch: Launch): Promise<string> {
  const { service, imageId, isOneShot } = launch;
  const { docker } = job.engine;
  const spec = containerSpec(job.file, service, imageId);
  const view = job.watch.views.get(service.name);
  const isKept = view !== undefined && isAsWanted(view, spec);
  if (isKept && (view.state === 'running' || view.state === 'restarting')) return view.id;
  if (isKept && isOneShot && isDone(view)) return view.id;
  if (view && !isKept) {
    await stopContainer(docker, view.id, service.stopGraceMs);
    await removeContainers(docker, [view.id]);
  }
  const container = isKept ? docker.getContainer(view.id) : await create(job, service, spec);
  if (isKept) job.made.started.set(view.id, service.name);
  job.signal.throwIfAborted();
  try {
    await (view?.state === 'paused' && isKept ? container.unpause() : container.start());
  } catch (error) {
    throw await startError(job, service, error);
  }
  await job.watch.refresh();
  return container.id;
}

async function create(
  job: LaunchJob,
  service: ComposeService,
  spec: ContainerSpec,
): Promise<Dockerode.Container> {
  // Never aborted half-way: what was made must be known, so that it can be removed.
  const container = await job.engine.docker.createContainer(spec.create).catch((error: unknown) => {
    const name = takenName(error);
    if (name === undefined) throw error;
    throw new RiachoError('SERVICE_NAME_TAKEN', { service: shownName(service.name), name }, error);
  });
  job.made.containers.set(container.id, service.name);
  for (const { name, aliases } of spec.furtherNetworks) {
    const EndpointConfig = { Aliases: aliases };
    await job.engine.docker.getNetwork(name).connect({ Container: container.id, EndpointConfig });
  }
  return container;
}

async function startError(job: LaunchJob, service: ComposeService, error: unknown): Promise<unknown> {
  const shown = shownName(service.name);
  const port = takenPort(error);
  if (port !== undefined) {
    const holder =
      (await containerAt(job.engine.docker, port)) ?? (await processAt(port)) ?? 'another program';
    return new RiachoError('SERVICE_PORT_TAKEN', { service: shown, port, holder }, error);
  }
  const line = /(?:runtime|shim)[^:]* (?:create|start) failed: (.*)/is.exec(dockerWords(error))?.[1];
  if (line === undefined) return error;
  // Docker's own first process is killed where the limit is too low even for that.
  if (/OOM-killed/i.test(line)) return outOfMemory(shown, service.memoryBytes);
  const exitCode = /permission denied/i.test(line) ? noRight : noProgram;
  return new RiachoError('SERVICE_EXITED', { service: shown, exitCode, line }, error);
}

/** The container that publishes `port`. */
async function containerAt(docker: Dockerode, port: number): Promise<string | undefined> {
  const [holder] = await docker.listContainers({ filters: { publish: [`${port}`] } });
  return holder?.Names[0]?.replace(/^\//, '');
}

/** Resolves when the container is well, or has done its work where `isOneShot`. Rejects with why it never will be. */
export async function awaitService(job: LaunchJob, launch: Launch, id: string): Promise<void> {
  const { watch } = job;
  const restartsBefore = viewIn(job, launch, id).restarts;
  const settled = await watch.until(() => {
    const view = viewIn(job, launch, id);
    const isOver = hasFallen(launch, view) || view.restarts > restartsBefore;
    const isSure = launch.isOneShot ? isDone(view) : isWell(view);
    return isOver || isSure || view.health === 'unhealthy' ? { isOver, isSure, view } : undefined;
  }, job.signal);
  if (settled.isOver || !settled.isSure) throw await failureOf(job, settled.view);
}

/** Rejects with why, as soon as a service that was well has ended; resolves when `enough` is aborted. */
export async function guardService(job: LaunchJob, launch: Launch, enough: AbortSignal): Promise<void> {
  const { id } = viewIn(job, launch);
  const ended = AbortSignal.any([job.signal, enough]);
  const fallen = await job.watch
    .until(() => {
      const view = viewIn(job, launch, id);
      return hasFallen(launch, view) ? view : undefined;
    }, ended)
    .catch((error: unknown) => {
      if (!ended.aborted) throw error;
    });
  if (fallen) throw await failureOf(job, fallen);
}

function hasFallen({ isOneShot }: Launch, view: ContainerView): boolean {
  return view.state === 'exited' && !(isOneShot && isDone(view));
}

/** The container as it is now. Throws where it, or the engine, is there no more. */
function viewIn({ watch, engine }: LaunchJob, { service }: Launch, id?: string): ContainerView {
  if (watch.gone) throw engineGone(engine.address);
  const view = watch.views.get(service.name);
  if (view === undefined || (id !== undefined && view.id !== id)) {
    throw new RiachoError('SERVICE_REMOVED', { service: shownName(service.name) });
  }
  return view;
}

/** Docker tells that a process was killed, and sometimes only then that it was for its memory. */
async function wholeView({ watch, signal }: LaunchJob, view: ContainerView): Promise<ContainerView> {
  if (view.exitCode !== killedCode || view.outOfMemory) return view;
  const told = () => {
    const now = watch.views.get(view.service);
    return now?.id === view.id && now.outOfMemory ? now : undefined;
  };
  return watch.until(told, AbortSignal.any([signal, AbortSignal.timeout(memoryWordMs)])).catch(() => view);
}

/** With the most telling of its last lines. */
async function failureOf(job: LaunchJob, ended: ContainerView): Promise<RiachoError> {
  const view = await wholeView(job, ended);
  const container = job.engine.docker.getContainer(view.id);
  const log = await readContainerLog(container, lastWordLines).catch(() => undefined);
  if (log) job.onLastWords(view.service, log);
  const evidence = view.evidence ?? tellingLine((log?.lines ?? []).map(({ text }) => text));
  // One that Docker has started again meanwhile has ended all the same.
  const state = view.health === 'unhealthy' ? view.state : 'exited';
  const known = { ...view, state, ...(evidence !== '' && { evidence }) };
  return (
    faultOfContainer(known) ??
    new RiachoError('SERVICE_UNHEALTHY', { service: shownName(view.service), line: evidence })
  );
}
