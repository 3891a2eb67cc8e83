// What services take of the machine, and what they write to their logs.
import { z } from 'zod';
import { fault } from './fault.ts';
import { engineKind, serviceName, stackProfile } from './stack.ts';

export const serviceUsage = z.object({
  name: serviceName,
  /** Of one core: 150 means one and a half. */
  cpuPercent: z.number(),
  memoryBytes: z.number(),
  /** Epoch ms of its process's start. */
  startedAt: z.number(),
});
export type ServiceUsage = z.infer<typeof serviceUsage>;

export const usageFrame = z.object({
  services: z.array(serviceUsage),
  /** The app itself: the process that produces and consumes. */
  app: z.object({ cpuPercent: z.number(), memoryBytes: z.number(), loopDelayP99Ms: z.number() }),
  machine: z.object({ memoryBytes: z.number(), freeBytes: z.number(), cpus: z.number().int() }),
});
export type UsageFrame = z.infer<typeof usageFrame>;

/** Whose log: a service's, the Spark job's driver's, or the app's own. */
export const logName = z.enum([...serviceName.options, 'spark-job', 'riacho']);
export type LogName = z.infer<typeof logName>;

export const logLevel = z.enum(['debug', 'info', 'warn', 'error']);
export type LogLevel = z.infer<typeof logLevel>;

export const logLine = z.object({
  name: logName,
  /** Epoch ms; a line that bears no time has that of the line before it. */
  at: z.number(),
  level: logLevel,
  text: z.string(),
});
export type LogLine = z.infer<typeof logLine>;

/** Lines in one frame of a log; older ones are counted as skipped. */
export const logFrameLines = 1_000;

/** An engine and whether it can be used here. */
export const engineFinding = z.object({
  kind: engineKind,
  /** Versions or addresses, in no language. */
  detail: z.string(),
  /** What Docker can run, with the memory that each profile may take. */
  profiles: z
    .array(z.object({ name: stackProfile, services: z.array(serviceName), memoryBytes: z.number() }))
    .optional(),
  /** Why it cannot be used. */
  fault: fault.optional(),
});
export type EngineFinding = z.infer<typeof engineFinding>;
