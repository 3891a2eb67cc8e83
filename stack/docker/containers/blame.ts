// Which services a fault is the fault of. Pure.
import type { RiachoError } from '../../../words/errors.ts';
import type { ComposeService } from '../compose/compose-types.ts';
import { isEngineGone } from '../engine/docker-faults.ts';
import { shownName } from './service-status.ts';

/**
 * What fails for one service, or for its image, is that one's; anything else is the fault of all that should have
 * started. Nobody's where a person gave up, or where the engine went: then nothing has failed in itself.
 */
export function blamedFor(error: RiachoError, services: readonly ComposeService[]): string[] {
  if (error.code === 'CANCELLED' || isEngineGone(error)) return [];
  const { params } = error;
  const concerned = services.filter(
    ({ name, image }) => shownName(name) === params['service'] || image === params['image'],
  );
  return (concerned.length > 0 ? concerned : services).map(({ name }) => name);
}
