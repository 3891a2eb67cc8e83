// What the app asks of a run of the consumer, whoever does its work. Runs nothing itself.
import type { Position } from '../pipeline/users/consumer/position.ts';
import type { ConsumerFrame } from '../words/runs.ts';

export interface ConsumerRun {
  /** Resolves when the positions of its mode are set: what is produced from then on is seen. */
  start(signal?: AbortSignal): Promise<void>;
  /** Resolves when everything that was taken is safe, or is left to the next run. */
  stop(): Promise<void>;
  /** Cheap: asked ten times a second. */
  frame(): ConsumerFrame;
  /** Where it stands in each partition it knows of. */
  positions(): ReadonlyMap<number, Position>;
  /** Whether every message that is in the topic now has become a row or a dead letter for good. */
  isCaughtUp(): Promise<boolean>;
}
