// What a stack and its services can be, in the one vocabulary that every room, host and client shares.
import { z } from 'zod';
import { fault } from './errors.ts';

export const engineKind = z.enum(['embedded', 'external']);
export type EngineKind = z.infer<typeof engineKind>;

export const serviceName = z.enum(['kafka', 'cassandra']);
export type ServiceName = z.infer<typeof serviceName>;

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
  fault: fault.optional(),
});
export type ServiceStatus = z.infer<typeof serviceStatus>;

/** Something a person should know that stops nothing. */
export const stackNotice = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('java-other'), wanted: z.string(), found: z.string(), path: z.string() }),
  z.object({ kind: z.literal('port-moved'), service: serviceName, usual: z.number(), port: z.number() }),
]);
export type StackNotice = z.infer<typeof stackNotice>;

export const stackStatus = z.object({
  engine: engineKind,
  stack: serviceState,
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
}
