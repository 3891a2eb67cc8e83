// Sees to it that the images of some services are here: fetched, or built, each once. Starts nothing.
import type { Activities } from '../containers/activities.ts';
import { basesOf, buildImage, isBuilt } from './build.ts';
import type { ComposeService } from '../compose/compose-types.ts';
import type { ComposeBuild } from './context-hash.ts';
import { imageId, pullImage, type DockerAt } from './pull.ts';
import { atMost, together } from '../containers/together.ts';

/** Each fetches several layers at once by itself; more only make all of them late. */
const pullsAtOnce = 3;

export interface ImageJob {
  engine: DockerAt;
  services: readonly ComposeService[];
  activities: Activities;
  signal: AbortSignal;
}

/** Rejects as `pullImage` and `buildImage` do. Progress stands with every service that waits for the image. */
export async function ensureImages(job: ImageJob): Promise<void> {
  const builds = await missingBuilds(job);
  const wanted = new Map<string, string[]>();
  const want = (image: string, users: string[]) =>
    wanted.set(image, [...(wanted.get(image) ?? []), ...users]);
  for (const { image, build, name } of job.services) if (build === undefined) want(image, [name]);
  for (const { build, service } of builds) {
    for (const base of await basesOf(build)) want(base, usersOf(job, service.image));
  }
  const { docker } = job.engine;
  const here = await Promise.all([...wanted.keys()].map((image) => imageId(docker, image)));
  const missing = [...wanted].filter((_, index) => here[index] === undefined);
  await together(job.signal, (signal) =>
    atMost(pullsAtOnce, missing, ([image, users]) => pullFor({ ...job, signal }, image, users)),
  );
  for (const { build, service } of builds) await buildFor(job, service, build);
}

/** The id of each service's image; undefined for one that is not here. */
export async function imageIds(
  engine: DockerAt,
  services: readonly ComposeService[],
): Promise<Map<string, string | undefined>> {
  const images = [...new Set(services.map(({ image }) => image))];
  const ids = await Promise.all(images.map(async (image) => imageId(engine.docker, image)));
  return new Map(images.map((image, index) => [image, ids[index]]));
}

interface Build {
  service: ComposeService;
  build: ComposeBuild;
}

/** One for each image, however many services share it. */
async function missingBuilds({ engine, services }: ImageJob): Promise<Build[]> {
  const builds = new Map<string, Build>();
  for (const service of services) {
    const { build, image } = service;
    if (build === undefined || builds.has(image)) continue;
    if (!(await isBuilt(engine, image, build))) builds.set(image, { service, build });
  }
  return [...builds.values()];
}

function usersOf({ services }: ImageJob, image: string): string[] {
  return services.filter((service) => service.image === image).map(({ name }) => name);
}

async function pullFor(job: ImageJob, image: string, users: string[]): Promise<void> {
  const { engine, activities, signal } = job;
  const say = (progress: { done: number; total: number }) =>
    activities.step(users, { kind: 'pulling', image, ...progress });
  say({ done: 0, total: 0 });
  await pullImage({ engine, image, signal, onProgress: say });
}

async function buildFor(job: ImageJob, service: ComposeService, build: ComposeBuild): Promise<void> {
  const { engine, activities, signal } = job;
  const users = usersOf(job, service.image);
  const say = (progress: { done: number; total: number }) =>
    activities.step(users, { kind: 'building', ...progress });
  say({ done: 0, total: 0 });
  await buildImage({ engine, service, build, signal, onProgress: say });
}
