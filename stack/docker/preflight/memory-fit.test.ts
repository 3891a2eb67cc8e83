// The course's own services, with reserves in round numbers, on engines of every size.
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { StackProfile } from '../../../words/stack.ts';
import { readComposeFile } from '../compose/compose-file.ts';
import type { ComposeService } from '../compose/compose-types.ts';
import { fitIntoMemory } from './memory-fit.ts';
import { servicesOf } from '../compose/plan.ts';

const gb = 1024 ** 3;
const file = await readComposeFile({
  path: fileURLToPath(new URL('../../../compose/docker-compose.yml', import.meta.url)),
  env: {},
});

/** Half a GB each, one for Cassandra, eight for Control Center and not less. */
const reserveGb: Readonly<Record<string, number>> = { cassandra: 1, 'control-center': 8 };
const inRound = (profile: StackProfile) =>
  servicesOf(file, profile).map((service) => ({
    ...service,
    memoryBytes: Math.max(2, reserveGb[service.name] ?? 0) * gb,
    memoryReservationBytes: (reserveGb[service.name] ?? 0.5) * gb,
  }));
const fit = (profile: StackProfile, foundGb: number) => fitIntoMemory(inRound(profile), foundGb * gb);
const namesOf = (services: readonly ComposeService[]) => services.map(({ name }) => name);

describe('memory', () => {
  it('lets everything start where the reserves are there, though not all limits', () => {
    const all = inRound('full');
    expect(fit('full', 12.5)).toEqual({ services: all, leftOut: [] });
  });

  it('leaves Control Center out where its 8 GB are not there, and starts the rest', () => {
    const { services, leftOut } = fit('full', 7.6);
    const rest = servicesOf(file, 'full').filter(({ name }) => name !== 'control-center');
    expect(namesOf(services)).toEqual(namesOf(rest));
    expect(leftOut).toMatchObject([{ service: { name: 'control-center' }, wanted: 8, found: 3 }]);
  });

  it('knows that Control Center starts with all of it or not at all', () => {
    const { leftOut } = fitIntoMemory(servicesOf(file, 'full'), 8 * gb);
    expect(leftOut.map(({ service, wanted }) => [service.name, wanted])).toEqual([['control-center', 8]]);
  });

  it('leaves out what waits for the one that is left out, too', () => {
    const [broker, cassandra] = inRound('light');
    const center = inRound('control-center').find(({ name }) => name === 'control-center');
    const services = [broker, cassandra, center].flatMap((one) => one ?? []);
    const waiting = services.flatMap((one) =>
      one.name === 'cassandra'
        ? {
            ...one,
            name: 'z',
            dependsOn: [{ service: 'control-center', condition: 'service_started' as const }],
          }
        : [],
    );
    expect(namesOf(fitIntoMemory([...services, ...waiting], 4 * gb).services)).toEqual([
      'broker',
      'cassandra',
    ]);
  });

  it.each([
    ['full', 4, 5],
    ['light', 1, 2],
    ['spark', 2, 3],
  ] as const)('is not enough for %s in %d GB', (profile, found, wanted) => {
    const error = expect.objectContaining({ code: 'NOT_ENOUGH_MEMORY', params: { wanted, found } });
    expect(() => fit(profile, found)).toThrow(error);
  });

  it('never asks for what it has', () => {
    // 1.5 GB are wanted: two, in whole ones.
    const error = expect.objectContaining({ params: { wanted: 2, found: 1 } });
    expect(() => fit('light', 1.49)).toThrow(error);
    expect(fit('light', 1.5).services).toHaveLength(2);
  });

  it('asks nothing of services that reserve nothing', () => {
    const services = inRound('light').map(({ memoryReservationBytes: _none, ...one }) => one);
    expect(fitIntoMemory(services, 0)).toEqual({ services, leftOut: [] });
  });
});
