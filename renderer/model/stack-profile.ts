// Which profile a Docker stack is, told by its services: it may have been started elsewhere, with another than ours.
import type { ServiceName, StackProfile, StackStatus } from '../../words/stack.ts';
import { hasBegun } from './stack-state.ts';

/** Undefined for other engines, and where nothing has begun to tell by. */
export function profileOf({ engine, services, notices }: StackStatus): StackProfile | undefined {
  const begun = services.filter((service) => hasBegun(service) || service.step !== undefined);
  if (engine !== 'docker' || begun.length === 0) return undefined;
  const has = (name: ServiceName): boolean =>
    begun.some((service) => service.name === name) ||
    notices.some((notice) => notice.kind === 'left-out' && notice.service === name);
  const hasSpark = has('spark-master');
  const hasAirflow = has('airflow-scheduler');
  if (hasSpark && hasAirflow) return 'full';
  if (hasSpark) return 'spark';
  if (hasAirflow) return 'airflow';
  if (has('control-center')) return 'control-center';
  return has('schema-registry') ? 'registry' : 'light';
}
