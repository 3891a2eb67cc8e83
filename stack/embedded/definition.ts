// What a service of the embedded stack is, before anything runs: its address, its name for itself, its command.
import type { LabService } from '../../words/stack.ts';
import { usualPorts, type StackPorts } from './ports.ts';

/** What a person may choose about the embedded stack. */
export interface Tuning {
  /** Where clients find the services, if the ports are free. */
  ports: Record<LabService, number>;
  /** Heap of each service, in MiB. */
  memoryMb: Record<LabService, number>;
}

export const usualTuning: Tuning = { ports: usualPorts, memoryMb: { kafka: 256, cassandra: 512 } };

/** All that is known of a stack when its services are written down. */
export interface StackSetting {
  /** Holds the templates. */
  resourcesDir: string;
  /** Holds a folder for each service with its settings and data; all of it goes with a reset. */
  servicesDir: string;
  /** Holds a folder of jars for each service. */
  jarsDir: string;
  /** Made once for each stack, see `identity.ts`. */
  clusterId: string;
  ports: StackPorts;
  javaMajor: number;
  memoryMb: Tuning['memoryMb'];
  /** The class path of a service, relative to its folder of jars. */
  classPath(service: LabService): string;
}

/** A service ready to be started: its settings and storage are written. */
export interface ServiceDefinition {
  name: LabService;
  /** `host:port` for clients. */
  address: string;
  /** What the probe must answer, or it is somebody else's. */
  identity: string;
  /** The folder of jars: JDK 17 takes an archive only for the same class path string, so it is relative. */
  cwd: string;
  /** All of the command line after `java`, except the flags of the archive. */
  args: string[];
  /** From asking it to end to killing it: several times what was ever measured, archive included. */
  graceMs: number;
  /** Mends, before each start, what its last end may have left; rejects where it cannot. */
  beforeStart?: () => Promise<unknown>;
  /** Whether it has hardly anything left to write to. */
  isDiskFull: () => Promise<boolean>;
}
