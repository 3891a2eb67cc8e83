// What a host can do for a person besides serving the contract.
import { z } from 'zod';

export const hostInfo = z.object({
  kind: z.enum(['window', 'browser', 'terminal']),
  version: z.string(),
  platform: z.string(),
  dataDir: z.string(),
  logFile: z.string(),
  /** Where files go unless said otherwise. */
  downloads: z.string(),
  /** Whether `host.chooseFile` opens a dialog. */
  choosesFiles: z.boolean(),
});
export type HostInfo = z.infer<typeof hostInfo>;
