// Whether what the services of a compose file name is there: each other, networks, volumes, ports. Changes nothing.
import type { WrittenFile } from './compose-schema.ts';

/** What is wrong, and where. */
export interface Flaw {
  place: PropertyKey[];
  detail: string;
}

/** The chain of services that waits for itself, if there is one. */
function cycleFrom(services: WrittenFile['services'], chain: readonly string[]): string[] | undefined {
  const last = chain.at(-1) ?? '';
  for (const next of Object.keys(services[last]?.depends_on ?? {})) {
    if (next === chain[0]) return [...chain, next];
    // A circle further on is found from its own members.
    const found = chain.includes(next) ? undefined : cycleFrom(services, [...chain, next]);
    if (found) return found;
  }
  return undefined;
}

function* flawsOf(file: WrittenFile): Generator<Flaw> {
  const holders = new Map<string, string>();
  for (const [name, service] of Object.entries(file.services)) {
    const at = (...keys: PropertyKey[]) => ['services', name, ...keys];
    if (service.image === undefined && service.build === undefined) {
      yield { place: at(), detail: 'image, build?' };
    }
    for (const needed of Object.keys(service.depends_on)) {
      const isThere = Object.hasOwn(file.services, needed);
      if (!isThere) yield { place: at('depends_on', needed), detail: `${needed}?` };
    }
    const cycle = cycleFrom(file.services, [name]);
    if (cycle) yield { place: at('depends_on'), detail: cycle.join(' → ') };
    for (const network of Object.keys(service.networks)) {
      const isThere = network === 'default' || Object.hasOwn(file.networks, network);
      if (!isThere) yield { place: at('networks', network), detail: `${network}?` };
    }
    for (const [index, { type, source }] of service.volumes.entries()) {
      const isThere = type === 'bind' || Object.hasOwn(file.volumes, source);
      if (!isThere) yield { place: at('volumes', index), detail: `${source}?` };
    }
    for (const [index, { published, protocol }] of service.ports.entries()) {
      const port = `${published}/${protocol}`;
      const holder = holders.get(port);
      if (holder !== undefined) yield { place: at('ports', index), detail: `${port}: ${holder}, ${name}` };
      holders.set(port, name);
    }
  }
}

/** The first thing that does not fit together. */
export function flawOf(file: WrittenFile): Flaw | undefined {
  return flawsOf(file).next().value ?? undefined;
}
