// Starts services in the order of their dependencies, as many at once as those allow. All of them, or none stays.
import type { Activities } from './activities.ts';
import type { ComposeService } from '../compose/compose-types.ts';
import { ensureImages, imageIds } from '../images/images.ts';
import {
  awaitService,
  guardService,
  isSettled,
  startService,
  type Launch,
  type LaunchJob,
} from './launch.ts';
import { ensureParts } from './parts.ts';
import { isOneShot, serviceNameOf } from '../compose/plan.ts';
import { together } from './together.ts';

export interface BringUpJob extends LaunchJob {
  /** Each after all that it depends on. */
  services: readonly ComposeService[];
  activities: Activities;
}

/**
 * Resolves when every service is well or has done its work. Rejects with the first failure once nothing is under way
 * any more; what was made until then stands in `job.made`, and is the caller's to take back.
 */
export async function bringUp(job: BringUpJob): Promise<void> {
  const { engine, file, services, activities, watch, made } = job;
  const missing = services.filter(({ name }) => !watch.views.has(name));
  activities.step(
    missing.map(({ name }) => name),
    { kind: 'checking' },
  );
  await ensureImages(job);
  const ids = await imageIds(engine, services);
  await ensureParts({ docker: engine.docker, file, services, made });
  const launches = services.map((service): Launch => {
    const imageId = ids.get(service.image) ?? '';
    return { service, imageId, isOneShot: isOneShot(service, file.services) };
  });
  const enough = new AbortController();
  await together(job.signal, (signal) => {
    const begun = new Map<string, Begun>();
    for (const launch of launches.filter((one) => !isSettled(job, one))) {
      begun.set(launch.service.name, begin({ ...job, signal }, launch, begun));
    }
    const allWell = Promise.all([...begun.values()].map(({ well }) => well)).then(() => enough.abort());
    // One that ends while others wait for theirs is why those will not be well: it is told at once, and not after them.
    const guards = launches.map(async (launch) => {
      await begun.get(launch.service.name)?.well;
      await guardService({ ...job, signal }, launch, enough.signal);
    });
    return [allWell, ...guards];
  });
  for (const launch of launches) {
    await awaitService(job, launch, watch.views.get(launch.service.name)?.id ?? '');
  }
}

/** A service on its way. */
interface Begun {
  /** Its container runs. */
  started: Promise<string>;
  /** It is well, or has done its work. */
  well: Promise<void>;
}

function begin(job: BringUpJob, launch: Launch, begun: ReadonlyMap<string, Begun>): Begun {
  const { service } = launch;
  const started = (async () => {
    await awaitDependencies(job, service, begun);
    job.signal.throwIfAborted();
    job.activities.step([service.name], { kind: 'launching' });
    const id = await startService(job, launch);
    job.activities.clear([service.name]);
    return id;
  })();
  return { started, well: started.then((id) => awaitService(job, launch, id)) };
}

/** Those that are settled, or are not asked for, are not among `begun`: nothing is waited for. */
async function awaitDependencies(
  job: BringUpJob,
  service: ComposeService,
  begun: ReadonlyMap<string, Begun>,
): Promise<void> {
  const pending = new Set(service.dependsOn.map((on) => on.service).filter((name) => begun.has(name)));
  const say = () => {
    const on = [...pending].flatMap((name) => serviceNameOf(name) ?? []);
    if (on.length > 0) job.activities.step([service.name], { kind: 'waiting', on });
  };
  say();
  await Promise.all(
    service.dependsOn.map(async ({ service: name, condition }) => {
      const dependency = begun.get(name);
      await (condition === 'service_started' ? dependency?.started : dependency?.well);
      pending.delete(name);
      say();
    }),
  );
}
