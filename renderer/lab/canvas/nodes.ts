// The nodes of the canvas: those of the pipeline, and further ones for what a larger Docker stack has beside it.
import type { ServiceName, ServiceStatus } from '../../../words/stack.ts';
import { hasBegun } from '../../model/stack-state.ts';

export const nodeNames = ['source', 'producer', 'topic', 'consumer', 'table', 'deadLetters'] as const;
export type NodeName = (typeof nodeNames)[number];

/** The further ones. */
export const asideNames = ['airflow', 'registry', 'spark', 'controlCenter'] as const;
export type AsideName = (typeof asideNames)[number];

/** What the inspector can be opened for. */
export type Inspected = NodeName | AsideName;

interface Aside {
  /** The node of the pipeline that it belongs to. */
  by: NodeName;
  side: 'above' | 'below';
  services: readonly ServiceName[];
}

export const asides: Record<AsideName, Aside> = {
  airflow: {
    by: 'producer',
    side: 'above',
    services: ['airflow-webserver', 'airflow-scheduler', 'postgres'],
  },
  registry: { by: 'topic', side: 'above', services: ['schema-registry'] },
  spark: { by: 'consumer', side: 'above', services: ['spark-master', 'spark-worker-1'] },
  controlCenter: { by: 'topic', side: 'below', services: ['control-center'] },
};

export function isAside(name: Inspected): name is AsideName {
  return Object.hasOwn(asides, name);
}

/** Those of an aside that the stack has, in its order. */
export function servicesOf(name: AsideName, services: readonly ServiceStatus[]): ServiceStatus[] {
  return asides[name].services.flatMap(
    (wanted) => services.find((service) => service.name === wanted && hasBegun(service)) ?? [],
  );
}

/** The asides that have something in the stack. */
export function asidesIn(services: readonly ServiceStatus[]): AsideName[] {
  return asideNames.filter((name) => servicesOf(name, services).length > 0);
}
