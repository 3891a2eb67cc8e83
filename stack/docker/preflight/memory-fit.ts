// Whether services fit into an engine's memory, and which one is left out so that the rest does. Asks no engine.
import { RiachoError } from '../../../words/errors.ts';
import type { ComposeService } from '../compose/compose-types.ts';
import { isOneShot } from '../compose/plan.ts';

const bytesPerGb = 1024 ** 3;

/** What starts, and what does not for want of memory. */
export interface MemoryFit {
  services: ComposeService[];
  /** In whole GB: what it wants, and what the others leave to it. */
  leftOut: { service: ComposeService; wanted: number; found: number }[];
}

/** One that reserves all that it may ever take starts with all of it or not at all; the others begin with less. */
const isAllOrNothing = ({ memoryBytes, memoryReservationBytes }: ComposeService) =>
  memoryReservationBytes !== undefined && memoryReservationBytes === memoryBytes;

/** `gone` and all that waits for it, however far. */
function withDependents(gone: ComposeService, services: readonly ComposeService[]): Set<ComposeService> {
  const names = new Set([gone.name]);
  // Each stands behind what it depends on.
  for (const { name, dependsOn } of services) {
    if (dependsOn.some(({ service }) => names.has(service))) names.add(name);
  }
  return new Set(services.filter(({ name }) => names.has(name)));
}

/**
 * `services` in the order of `servicesOf`; `foundBytes` is all the memory the engine has. What counts is
 * what the services reserve: their limits are a ceiling that they hardly ever reach at once, and one-shots have ended
 * before the rest is at work. Throws `NOT_ENOUGH_MEMORY` {wanted, found}, in whole GB.
 */
export function fitIntoMemory(services: readonly ComposeService[], foundBytes: number): MemoryFit {
  const wants = (service: ComposeService) =>
    isOneShot(service, services) ? 0 : (service.memoryReservationBytes ?? 0);
  const wantedBytes = services.reduce((sum, service) => sum + wants(service), 0);
  if (wantedBytes <= foundBytes) return { services: [...services], leftOut: [] };
  const [hungriest] = services.filter(isAllOrNothing).toSorted((a, b) => wants(b) - wants(a));
  if (hungriest === undefined) {
    const wanted = Math.ceil(wantedBytes / bytesPerGb);
    throw new RiachoError('NOT_ENOUGH_MEMORY', { wanted, found: Math.floor(foundBytes / bytesPerGb) });
  }
  const gone = withDependents(hungriest, services);
  const rest = fitIntoMemory(
    services.filter((service) => !gone.has(service)),
    foundBytes,
  );
  const leftBytes = foundBytes - rest.services.reduce((sum, service) => sum + wants(service), 0);
  const entry = {
    service: hungriest,
    wanted: Math.ceil(wants(hungriest) / bytesPerGb),
    found: Math.floor(leftBytes / bytesPerGb),
  };
  return { services: rest.services, leftOut: [entry, ...rest.leftOut] };
}
