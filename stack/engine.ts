// What every engine offers: one stack to start, watch and stop, whatever runs it underneath.
import type { EngineKind, ServiceName, StackAddresses, StackStatus } from '../words/stack.ts';
import type { DriverOrder, SparkDriver } from './spark-driver.ts';

/** A bounded answer of a long poll: pass `version` as the next `after`. */
export interface StatusFrame {
  version: number;
  frame: StackStatus;
}

/** Asks a service who it is, by a real client call; rejects while it does not answer. `app/` hands these in. */
export interface Probes {
  /** Resolves with the broker's cluster id. `address` is `host:port`. */
  kafka(address: string): Promise<string>;
  /** Resolves with Cassandra's cluster name. `address` is `host:port`. */
  cassandra(address: string): Promise<string>;
}

/** Those of a cluster that may have a Schema Registry. */
export interface ExternalProbes extends Probes {
  /** Resolves with the level of compatibility that holds there. `address` is where its paths begin. */
  schemaRegistry(address: string): Promise<string>;
}

/** What a service has taken of the machine so far. */
export interface UsageReading {
  /** Time on a core since it began. */
  cpuMs: number;
  memoryBytes: number;
  /** Epoch ms of its start: another one means another process or container. */
  startedAt: number;
}

/** Lines of a service's log as its engine keeps them. */
export interface LogRead {
  /** Where the next read begins; opaque. */
  place: string;
  /** Each with the time that the engine noted, epoch ms; in its order. */
  lines: { at: number; text: string }[];
  /** Lines before them that were passed over. */
  skipped: number;
}

export interface Engine {
  readonly kind: EngineKind;
  /**
   * Long poll on the stack's state: answers at once when there is something newer than `after`
   * (0 asks for what is known now), else within a second with the same version.
   */
  next(after: number, signal?: AbortSignal): Promise<StatusFrame>;
  /**
   * Starts what is not running and resolves when every service is healthy; adopts a stack that already runs.
   * `leaveRunning`: the stack outlives this process. Otherwise whoever started it ends it by going away.
   * Aborting stops the start and leaves nothing half-made. Rejects with a `RiachoError`.
   */
  up(options: { leaveRunning: boolean }, signal?: AbortSignal): Promise<StackStatus>;
  /** Whether the stack was running before `up` of this engine adopted it. */
  readonly adopted: boolean;
  /**
   * Stops one service where it runs and starts it, at its address; resolves when it is healthy. Rejects with
   * `SERVICE_NOT_OURS` {service} where this engine starts and stops nothing, `STACK_NOT_RUNNING`, `STACK_BUSY`, or
   * what keeps it from starting.
   */
  restartService(service: ServiceName, signal?: AbortSignal): Promise<void>;
  /** Stops one service and leaves the others; `up` brings it back. Rejects as `restartService` does. */
  stopService(service: ServiceName): Promise<void>;
  /** Resolves when every service has stopped; data stays. Does nothing when nothing runs. */
  down(): Promise<void>;
  /** Stops the stack and removes its data: topics, rows, positions. Jars, logs and start archives stay. */
  reset(): Promise<void>;
  /** Where clients find the services. Rejects with `STACK_NOT_RUNNING` when they are not healthy. */
  addresses(): Promise<StackAddresses>;
  /** CPU and memory of each service that runs; none where they are processes of this machine, found by their pid. */
  readUsage?(): Promise<ReadonlyMap<ServiceName, UsageReading> | undefined>;
  /**
   * Lines behind `place`, the newest `limit` of them; without a place the last ones there are. None for a service that
   * has no log, and where logs are files, named in the status.
   */
  readLog?(service: ServiceName, limit: number, place?: string): Promise<LogRead | undefined>;
  /**
   * A file of a service's own, as text, by its path in there; none where services have no files of their own, or this one
   * is not there.
   */
  readFile?(service: ServiceName, path: string): Promise<string | undefined>;
  /**
   * Submits the Spark job to the Spark of this stack. Rejects with `SPARK_MISSING` where it has none, `SPARK_BUSY`
   * {name} where another job is at work there, or with what keeps its driver from starting.
   */
  startDriver(order: DriverOrder): Promise<SparkDriver>;
  /** Lets go. A stack that this engine started without `leaveRunning` stops, unless it is to be left running now. */
  close(options?: { leaveRunning?: boolean }): Promise<void>;
}
