// Puts the app together: an engine, its clients, runs and exports, behind the contract. Every host calls this.
import { fileURLToPath } from 'node:url';
import type { Engine } from '../stack/engine.ts';
import type { StackAddresses } from '../words/stack.ts';
import type { Creation } from '../pipeline/cassandra/database.ts';
import { createRouter } from './api/router.ts';
import { createConnections } from './connections.ts';
import { createDoctor } from './doctor.ts';
import { Exports } from './exports.ts';
import { ensureWritable, type Folders } from './folders.ts';
import { openLog } from './log.ts';
import { createProbes, type Access } from './probes.ts';
import { Rows } from './rows.ts';
import { Runs } from './runs.ts';
import { Stack } from './stack.ts';

/** Which engine, and for `external` where and how. Passwords live here only, never in a file or a log. */
export type EngineChoice =
  | { kind: 'embedded' }
  | { kind: 'external'; addresses: StackAddresses; access: Access; creation?: Creation };

export interface AppOptions {
  folders: Folders;
  engine: EngineChoice;
}

export interface App {
  router: ReturnType<typeof createRouter>;
  /** Path of the app's log file. */
  logFile: string;
  /** Stops runs and exports and lets go of the stack; one that this app started without `leaveRunning` stops. */
  close(): Promise<void>;
}

const embeddedAccess: Access = { kafka: {}, cassandra: { localDataCenter: 'datacenter1' } };

async function createEngine({ folders, engine }: AppOptions): Promise<Engine> {
  if (engine.kind === 'external') {
    const { createExternalEngine } = await import('../stack/external/external-engine.ts');
    return createExternalEngine({ addresses: engine.addresses, probes: createProbes(engine.access) });
  }
  const { createEmbeddedEngine } = await import('../stack/embedded/client.ts');
  const { dataDir, cacheDir, resourcesDir } = folders;
  const entry = fileURLToPath(new URL('./supervisor.ts', import.meta.url));
  return createEmbeddedEngine({
    dataDir,
    supervisorCommand: [process.execPath, entry, dataDir, cacheDir, resourcesDir],
  });
}

/**
 * Creates the app; nothing is started or connected yet. Close it when done.
 * Rejects with `DATA_FOLDER_UNWRITABLE`.
 */
export async function createApp(options: AppOptions): Promise<App> {
  const { folders, engine: choice } = options;
  await ensureWritable(folders.dataDir);
  const logFile = openLog(folders.dataDir);
  const { log } = logFile;
  const engine = await createEngine(options);
  const access = choice.kind === 'external' ? choice.access : embeddedAccess;
  const creation = choice.kind === 'external' ? choice.creation : { replication: 1 };
  const connections = createConnections({ engine, access, creation, log });
  const runs = new Runs(connections, log);
  const exports = new Exports(connections, log);
  const stack = new Stack({ engine, connections, runs, prepares: creation !== undefined });
  const doctor = createDoctor({ folders, engine });
  return {
    router: createRouter({ stack, runs, exports, rows: new Rows(connections), connections, doctor, log }),
    logFile: logFile.path,
    async close() {
      await exports.cancel();
      await runs.close();
      await connections.close();
      await stack.close();
      await logFile.close();
    },
  };
}
