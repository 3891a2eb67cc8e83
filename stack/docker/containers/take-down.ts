// Stops and removes the containers, networks and volumes of a project: what bears its label, and nothing else.
import type Dockerode from 'dockerode';
import type { ComposeFile } from '../compose/compose-types.ts';
import { statusOfAnswer } from '../engine/docker-faults.ts';
import { composeLabel, ofProject } from './labels.ts';

const usualGraceMs = 10_000;

/** Waits for `work`; an answer of one of these statuses is as good as done. */
export async function accepting(statuses: number[], work: Promise<unknown>): Promise<void> {
  await work.catch((error: unknown) => {
    if (!statuses.includes(statusOfAnswer(error) ?? 0)) throw error;
  });
}

/** Resolves when it has ended, at the latest when its grace is over. */
export async function stopContainer(docker: Dockerode, id: string, graceMs = usualGraceMs): Promise<void> {
  // 304: it did not run; 404: it is gone.
  await accepting([304, 404], docker.getContainer(id).stop({ t: Math.ceil(graceMs / 1000) }));
}

/** Stops `containers` (ids, with their services): each after all that depend on it, the others at once. */
export async function stopInOrder(
  docker: Dockerode,
  file: ComposeFile | undefined,
  containers: ReadonlyMap<string, string>,
): Promise<void> {
  const services = file?.services ?? [];
  const stops = new Map<string, Promise<void>>();
  const stopService = (name: string): Promise<void> => {
    const known = stops.get(name);
    if (known) return known;
    const dependents = services.filter(({ dependsOn }) => dependsOn.some(({ service }) => service === name));
    const graceMs = services.find((service) => service.name === name)?.stopGraceMs;
    const ids = [...containers].filter(([, service]) => service === name).map(([id]) => id);
    const stop = Promise.all(dependents.map((dependent) => stopService(dependent.name))).then(async () => {
      await Promise.all(ids.map((id) => stopContainer(docker, id, graceMs)));
    });
    stops.set(name, stop);
    return stop;
  };
  await Promise.all([...new Set(containers.values())].map((name) => stopService(name)));
}

/** With the nameless volumes that were made for them alone. */
export async function removeContainers(docker: Dockerode, ids: Iterable<string>): Promise<void> {
  await Promise.all(
    // 409: somebody else is removing it.
    [...ids].map((id) => accepting([404, 409], docker.getContainer(id).remove({ force: true, v: true }))),
  );
}

/** Everything of `project` is gone when it resolves; its named volumes only with `withData`. */
export async function takeDown(options: {
  docker: Dockerode;
  project: string;
  /** For order and grace; without it all are stopped at once. */
  file: ComposeFile | undefined;
  withData: boolean;
}): Promise<void> {
  const { docker, project, file, withData } = options;
  const filters = ofProject(project);
  const listed = await docker.listContainers({ all: true, filters });
  const containers = new Map(listed.map(({ Id, Labels }) => [Id, Labels[composeLabel.service] ?? '']));
  await stopInOrder(docker, file, containers);
  await removeContainers(docker, containers.keys());
  const networks = await docker.listNetworks({ filters });
  // 403: somebody else's container is on it, and keeps it.
  await Promise.all(networks.map(({ Id }) => accepting([403, 404], docker.getNetwork(Id).remove())));
  if (!withData) return;
  const { Volumes: volumes } = await docker.listVolumes({ filters });
  await Promise.all(volumes.map(({ Name }) => accepting([404], docker.getVolume(Name).remove())));
}
