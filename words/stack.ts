// What a stack and its services can be, in the one vocabulary that every room, host and client shares.
import { z } from 'zod';
import { fault } from './fault.ts';

export const engineKind = z.enum(['embedded', 'docker', 'external']);
export type EngineKind = z.infer<typeof engineKind>;

/** What every engine runs: without them there is no lab. */
export const labService = z.enum(['kafka', 'cassandra']);
export type LabService = z.infer<typeof labService>;

/** Every service that an engine can run; those of Docker are named as the compose file names them. */
export const serviceName = z.enum([
  ...labService.options,
  'schema-registry',
  'control-center',
  'secrets',
  'postgres',
  'airflow-init',
  'airflow-webserver',
  'airflow-scheduler',
  'spark-master',
  'spark-worker-1',
]);
export type ServiceName = z.infer<typeof serviceName>;

/** How much of the Docker stack is wanted; `light` is what every engine runs. */
export const stackProfile = z.enum(['light', 'spark', 'airflow', 'registry', 'control-center', 'full']);
export type StackProfile = z.infer<typeof stackProfile>;

/** The life of a service, as design.md names it; a stack has the same states. */
export const serviceState = z.enum([
  'absent',
  'pulling',
  'starting',
  'healthy',
  'unhealthy',
  'stopping',
  'stopped',
  'failed',
]);
export type ServiceState = z.infer<typeof serviceState>;

/** What a service that is on its way is doing just now. */
export const serviceStep = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('fetching'), done: z.number().int(), total: z.number().int() }),
  z.object({ kind: z.literal('checking') }),
  z.object({ kind: z.literal('launching') }),
  z.object({ kind: z.literal('answering') }),
  z.object({ kind: z.literal('restarting'), attempt: z.number().int() }),
  /** Bytes of its image; `total` grows until every layer has said its size. */
  z.object({ kind: z.literal('pulling'), image: z.string(), done: z.number(), total: z.number() }),
  /** Steps of its image's Dockerfile. */
  z.object({ kind: z.literal('building'), done: z.number().int(), total: z.number().int() }),
  /** What has to be healthy, or done, before it. */
  z.object({ kind: z.literal('waiting'), on: z.array(serviceName) }),
]);
export type ServiceStep = z.infer<typeof serviceStep>;

export const serviceStatus = z.object({
  name: serviceName,
  state: serviceState,
  /** `host:port` that clients connect to; several are separated by commas; empty while unknown. */
  address: z.string(),
  step: serviceStep.optional(),
  version: z.string().optional(),
  pid: z.number().int().optional(),
  /** From the start of the process to its first answer. */
  readyMs: z.number().optional(),
  /** Epoch ms of its process's start. */
  startedAt: z.number().optional(),
  /** Path of its log file on this machine. */
  log: z.string().optional(),
  /** Name of its container. */
  container: z.string().optional(),
  image: z.string().optional(),
  /** Address of the page that the service itself serves. */
  page: z.url().optional(),
  /** The most memory that it may take. */
  memoryLimitBytes: z.number().optional(),
  /** What its own check has said last while it is not healthy. */
  said: z.string().optional(),
  fault: fault.optional(),
});
export type ServiceStatus = z.infer<typeof serviceStatus>;

/** Something a person should know that stops nothing. */
export const stackNotice = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('java-other'), wanted: z.string(), found: z.string(), path: z.string() }),
  z.object({ kind: z.literal('port-moved'), service: serviceName, usual: z.number(), port: z.number() }),
  /** Its memory, in whole GB, is not there: the rest starts without it. */
  z.object({ kind: z.literal('left-out'), service: serviceName, wanted: z.number(), found: z.number() }),
  /** Its image is for another processor, and runs slowly. */
  z.object({ kind: z.literal('emulated'), service: serviceName, wanted: z.string(), found: z.string() }),
]);
export type StackNotice = z.infer<typeof stackNotice>;

export const stackStatus = z.object({
  engine: engineKind,
  stack: serviceState,
  /** Of a one-shot service only while it works or where it has failed. */
  services: z.array(serviceStatus),
  notices: z.array(stackNotice),
});
export type StackStatus = z.infer<typeof stackStatus>;

/** Addresses and names by which clients reach a healthy stack. Secrets are not in here. */
export interface StackAddresses {
  /** `host:port` of each bootstrap server. */
  brokers: string[];
  /** `host:port` of each contact point. */
  contactPoints: string[];
  localDataCenter: string;
  /** Where the Schema Registry's paths begin, such as `http://localhost:8081`; absent where the stack has none. */
  schemaRegistry?: string;
  /** `spark://host:port` of a Spark master, where there is one. */
  sparkMaster?: string;
}
