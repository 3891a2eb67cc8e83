// Which services of a compose file a profile runs, in what order, and what they may take. Starts nothing.
import { RiachoError } from '../../../words/errors.ts';
import { serviceName, type ServiceName, type StackProfile } from '../../../words/stack.ts';
import type { ComposeFile, ComposeService } from './compose-types.ts';

/** What Riacho calls a service of the compose file; undefined for one that it knows nothing of. */
export function serviceNameOf(composeName: string): ServiceName | undefined {
  return serviceName.safeParse(composeName === 'broker' ? 'kafka' : composeName).data;
}

/** A service that does its work and ends: others wait for its end, not for its health. */
export function isOneShot(service: ComposeService, services: readonly ComposeService[]): boolean {
  return services.some(({ dependsOn }) =>
    dependsOn.some((on) => on.service === service.name && on.condition === 'service_completed_successfully'),
  );
}

/**
 * What `profile` runs: the services without a profile and those that name it, each after all that it depends on.
 * Throws `COMPOSE_UNREADABLE` where one depends on a service that the profile leaves out.
 */
export function servicesOf(file: ComposeFile, profile: StackProfile): ComposeService[] {
  const wanted = new Map(
    file.services
      .filter(({ profiles }) => profiles.length === 0 || profiles.includes(profile))
      .map((service) => [service.name, service]),
  );
  const ordered = new Set<ComposeService>();
  const add = (service: ComposeService) => {
    for (const { service: name } of service.dependsOn) {
      const needed = wanted.get(name);
      if (needed === undefined) {
        const detail = `${service.name} → ${name} (${profile})`;
        throw new RiachoError('COMPOSE_UNREADABLE', { path: file.path, detail });
      }
      add(needed);
    }
    ordered.add(service);
  };
  for (const service of wanted.values()) add(service);
  return [...ordered];
}

/** The most memory that they may take together, in bytes; one-shots have ended before the rest is at work. */
export function memoryOf(services: readonly ComposeService[]): number {
  return services
    .filter((service) => !isOneShot(service, services))
    .reduce((sum, { memoryBytes = 0 }) => sum + memoryBytes, 0);
}
