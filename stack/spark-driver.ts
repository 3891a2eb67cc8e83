// The driver of the Spark job, whatever it runs in: how one is asked for, and what is seen of it. Starts none, and
// understands nothing of what it says.
import type { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';

/** The job's files where the driver runs in Spark's image. */
export const jobFolder = '/opt/riacho';

/** Ends by itself when its stdin ends: a driver whose app is gone is nobody's, and goes too. */
export const attachedScript = 'while_attached.py';

/** How long a driver may take to end in order before it is killed. */
export const driverGraceMs = 30_000;

export interface DriverOrder {
  /** Of the job itself: `--mode append`. */
  flags: readonly string[];
  /** Gives up waiting for the driver's place, and ends what was begun. */
  signal?: AbortSignal;
}

export interface DriverEnd {
  exitCode: number;
  outOfMemory: boolean;
}

/** A driver at work; it ends with the process that has asked for it. */
export interface SparkDriver {
  /** What it reaches, as it was told: for a person. */
  addresses: { kafka: string; cassandra: string; master: string };
  /** Both are to be read, and end with it. */
  stdout: Readable;
  stderr: Readable;
  /** Resolves when it is gone and nothing of it is left; rejects where that cannot be known any more. */
  ended: Promise<DriverEnd>;
  /** Asks it to end; ends it where it does not within `driverGraceMs`. Resolves when it is gone. */
  stop(): Promise<void>;
}

/** Resolves when a driver that was told to end is gone; one that takes longer than `driverGraceMs` is ended by `kill`. */
export async function endInTime(ended: Promise<DriverEnd>, kill: () => unknown): Promise<void> {
  const inTime = new AbortController();
  const late = delay(driverGraceMs, undefined, { signal: inTime.signal }).then(kill, () => undefined);
  await Promise.race([ended, late]).finally(() => inTime.abort());
}
