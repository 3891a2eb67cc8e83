// The part of the contract about the machine: stack, services, logs, engines, settings, host.
import { z } from 'zod';
import { activity } from '../words/lab.ts';
import { hostInfo } from '../words/host.ts';
import { finding } from '../words/messages.ts';
import { engineFinding, logLine, logName, usageFrame } from '../words/services.ts';
import { externalSettings, secrets, settings, settingsPatch } from '../words/settings.ts';
import { serviceName, stackStatus } from '../words/stack.ts';
import { after, filePath, framed, procedure } from './procedure.ts';

const service = z.object({ service: serviceName });

export const stackContract = {
  stack: {
    /** Resolves when every service is healthy. `leaveRunning`: it outlives the app that started it. */
    start: procedure.input(z.object({ leaveRunning: z.boolean().default(false) })).output(stackStatus),
    stop: procedure.output(z.void()),
    reset: procedure.output(z.void()),
    status: procedure.output(stackStatus),
    next: procedure.input(after).output(framed(stackStatus)),
  },
  services: {
    /** CPU, memory and uptime of each service, once a second. */
    next: procedure.input(after).output(framed(usageFrame)),
    /** Stops it where it runs and starts it; resolves when it is healthy. Not of an external cluster. */
    restart: procedure.input(service).output(z.void()),
    /** Stops this one and leaves the others. Not of an external cluster. */
    stop: procedure.input(service).output(z.void()),
  },
  logs: {
    /**
     * Lines behind `cursor` of these logs, merged by time, `logFrameLines` at most; without a cursor the last
     * ones there are. Answers within a second when nothing new comes.
     */
    next: procedure
      .input(z.object({ names: z.array(logName).min(1), cursor: z.string().max(4_000).optional() }))
      .output(z.object({ cursor: z.string(), lines: z.array(logLine), skipped: z.number().int() })),
  },
  engines: {
    list: procedure.output(z.array(engineFinding)),
    /** Asks both addresses who they are; rejects with what keeps the first one from answering. */
    try: procedure
      .input(z.object({ external: externalSettings, secrets }))
      .output(z.object({ kafka: z.string(), cassandra: z.string() })),
  },
  doctor: {
    check: procedure.output(z.array(finding)),
  },
  settings: {
    read: procedure.output(settings),
    /** Writes the parts that are given. Another engine is refused with `STACK_RUNNING` while one runs. */
    save: procedure.input(settingsPatch).output(settings),
    /** Kept in memory until the app ends. */
    giveSecrets: procedure.input(secrets).output(z.void()),
    dataFolder: procedure.output(z.object({ path: z.string(), bytes: z.number(), freeBytes: z.number() })),
  },
  diagnostics: {
    /** Writes logs, states and findings, without any record or secret, into one zip. */
    save: procedure.input(z.object({ file: filePath })).output(z.object({ bytes: z.number().int() })),
  },
  activity: {
    next: procedure.input(after).output(framed(z.object({ entries: z.array(activity) }))),
  },
  host: {
    info: procedure.output(hostInfo),
    /** Asks a person where to save; null when they thought better of it. */
    chooseFile: procedure
      .input(z.object({ suggested: filePath }))
      .output(z.object({ file: filePath.nullable() })),
    showInFolder: procedure.input(z.object({ file: filePath })).output(z.void()),
  },
};
