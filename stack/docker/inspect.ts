// Whether Docker can be used here, and what it could run. Starts nothing.
import { faultOf } from '../../words/errors.ts';
import type { EngineFinding } from '../../words/services.ts';
import { stackProfile } from '../../words/stack.ts';
import { readComposeFile } from './compose/compose-file.ts';
import { readEngineFacts } from './engine/engine-facts.ts';
import type { EnginePlace } from './engine/engine-places.ts';
import { openDocker } from './engine/find-engine.ts';
import { isOneShot, memoryOf, serviceNameOf, servicesOf } from './compose/plan.ts';

/** The profiles of `composeFile`, each with what stays running in it and the most that it may take. */
async function profilesOf(composeFile: string): Promise<NonNullable<EngineFinding['profiles']>> {
  const file = await readComposeFile({ path: composeFile, env: process.env });
  return stackProfile.options.map((name) => {
    const services = servicesOf(file, name);
    const lasting = services.filter((service) => !isOneShot(service, services));
    return {
      name,
      services: lasting.flatMap((service) => serviceNameOf(service.name) ?? []),
      memoryBytes: memoryOf(services),
    };
  });
}

/** `Docker 27.1 · 8 CPUs · 15 GiB` */
async function engineDetail(places?: readonly EnginePlace[]): Promise<string> {
  const { docker, version } = await openDocker(places);
  const { cpus, memoryBytes } = await readEngineFacts(docker);
  const short = /^\d+\.\d+/.exec(version)?.[0] ?? version;
  return `Docker ${short} · ${cpus} CPUs · ${Math.floor(memoryBytes / 1024 ** 3)} GiB`;
}

/** Never rejects: what keeps it from being used stands in the finding. */
export async function inspectDocker(options: {
  composeFile: string;
  places?: readonly EnginePlace[];
}): Promise<EngineFinding> {
  const [detail, profiles] = await Promise.allSettled([
    engineDetail(options.places),
    profilesOf(options.composeFile),
  ]);
  const failed = [detail, profiles].find(({ status }) => status === 'rejected');
  return {
    kind: 'docker',
    detail: detail.status === 'fulfilled' ? detail.value : '',
    ...(profiles.status === 'fulfilled' && { profiles: profiles.value }),
    ...(failed?.status === 'rejected' && { fault: faultOf(failed.reason) }),
  };
}
