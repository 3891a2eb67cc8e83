// What of the images has come so far: services that share an image fetch it once. Knows no React.
import type { ServiceStatus } from '../../../words/stack.ts';

export interface Pull {
  done: number;
  total: number;
}

/** By image. */
export type Pulls = Readonly<Record<string, Pull>>;

/** What these services fetch now, and what was fetched before: an image that has come stays in the sum, whole. */
export function withPulls(known: Pulls, services: readonly ServiceStatus[]): Pulls {
  const come = Object.entries(known).map(([image, { total }]) => [image, { done: total, total }] as const);
  const pulling = services.flatMap(({ step }) =>
    step?.kind === 'pulling' ? [[step.image, { done: step.done, total: step.total }] as const] : [],
  );
  return Object.fromEntries([...come, ...pulling]);
}

export function sumOf(pulls: Pulls): Pull {
  const all = Object.values(pulls);
  return {
    done: all.reduce((sum, { done }) => sum + done, 0),
    total: all.reduce((sum, { total }) => sum + total, 0),
  };
}
