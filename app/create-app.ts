// Puts the app together: an engine, its clients, runs and exports, behind the contract. Every host calls this.
import type { Settings } from '../words/settings.ts';
import { faultOf } from '../words/errors.ts';
import { Activities } from './activities.ts';
import { Airflow } from './airflow/airflow.ts';
import { createRouter } from './api/router.ts';
import { Browsing } from './browsing.ts';
import { createConnections } from './connections.ts';
import { Cql } from './cql.ts';
import { CurrentEngine } from './current-engine.ts';
import { claimDataFolder } from './data-format.ts';
import { Diagnostics } from './diagnostics.ts';
import { createDoctor } from './doctor.ts';
import { choiceOf, type EngineChoice } from './engine-choice.ts';
import { Engines } from './engines.ts';
import { Exports } from './exports.ts';
import { defaultFolders, ensureWritable, type Folders } from './folders.ts';
import { Following } from './following.ts';
import { HostService, type Host } from './host.ts';
import { Letters } from './letters.ts';
import { openLog } from './log.ts';
import { Logs } from './logs.ts';
import { Rows } from './rows.ts';
import { Runs } from './runs.ts';
import { Schemas } from './schemas.ts';
import { readSettings, usualSettings } from './settings-file.ts';
import { SettingsService } from './settings.ts';
import { Stack } from './stack.ts';
import { Usage } from './usage.ts';
import { Weather } from './weather.ts';

export type { EngineChoice } from './engine-choice.ts';

export interface AppOptions {
  folders: Folders;
  /** Without it the settings say which. */
  engine?: EngineChoice;
  host: Host;
  /** The command line that runs `supervisor.ts` where that is not this program and its file; folders are appended. */
  supervisorCommand?: string[];
}

export interface App {
  router: ReturnType<typeof createRouter>;
  /** Path of the app's log file. */
  logFile: string;
  /** Whether a stack runs that was started here and ends with this app. */
  readonly ownsStack: boolean;
  /** Whether a service of the stack serves this very address, as far as was seen last. */
  isServicePage(url: string): boolean;
  /**
   * Stops runs and exports and lets go of the stack; one that this app started without `leaveRunning` stops, unless
   * it is to be left running now.
   */
  close(options?: { leaveRunning?: boolean }): Promise<void>;
}

/**
 * Creates the app; nothing is started or connected yet. Close it when done.
 * Rejects with `DATA_FOLDER_UNWRITABLE` or `DATA_FOLDER_NEWER`.
 */
export async function createApp(options: AppOptions): Promise<App> {
  const { folders, host, supervisorCommand } = options;
  const { dataDir } = folders;
  await ensureWritable(dataDir);
  await claimDataFolder(dataDir);
  const logFile = openLog(dataDir);
  const { log } = logFile;
  const activities = new Activities(dataDir === defaultFolders().dataDir ? undefined : dataDir);
  /** What a person has set must not keep the app from starting: where it is of no use, the usual is. */
  const orUsual = <T>(work: Promise<T>, usual: T): Promise<T> =>
    work.catch((error: unknown) => {
      log('the settings cannot be used', error);
      activities.noteFailure('settings.save', faultOf(error));
      return usual;
    });
  const initial: Settings = await orUsual(readSettings(dataDir), usualSettings());
  const engine = await CurrentEngine.create(
    { folders, settings: () => settings.read(), ...(supervisorCommand && { supervisorCommand }) },
    options.engine ?? (await orUsual<EngineChoice>(choiceOf(initial, {}), { kind: 'embedded' })),
  );
  const connections = createConnections({ engine, log });
  const runs = new Runs({ engine, connections, dataDir, log });
  const rows = new Rows(connections);
  const exports = new Exports(log);
  const weather = new Weather(dataDir, log);
  const schemas = new Schemas({ engine, log });
  const stack = new Stack({ engine, connections, runs, schemas });
  const usage = new Usage(engine);
  const logs = new Logs({ engine, dataDir, own: logFile.path });
  const settings = new SettingsService({
    dataDir,
    engine,
    initial,
    hasRuns: () => runs.areActive,
    whileClosed: (work) => connections.whileClosed(work),
  });
  const doctor = createDoctor({ folders, engine, settings: () => settings.read() });
  const router = createRouter({
    stack,
    usage,
    logs,
    engines: new Engines({ folders, settings: () => settings.read() }),
    runs,
    history: runs.history,
    browsing: new Browsing(connections, log),
    following: new Following(connections, runs, log),
    letters: new Letters(connections),
    exports,
    rows,
    cql: new Cql(connections),
    schemas,
    airflow: new Airflow({ engine, log }),
    weather,
    connections,
    doctor,
    settings,
    diagnostics: new Diagnostics({
      logFile: logFile.path,
      engine,
      doctor,
      settings: () => settings.read(),
      activities,
    }),
    activities,
    host: new HostService({ host, dataDir, logFile: logFile.path }),
    log,
  });
  return {
    router,
    logFile: logFile.path,
    get ownsStack() {
      return stack.isOurs;
    },
    isServicePage: (url) => engine.pages.includes(url),
    async close({ leaveRunning = false } = {}) {
      usage.close();
      runs.history.close();
      await exports.cancel();
      await weather.close();
      await runs.close();
      await connections.close();
      await stack.close(leaveRunning);
      await logFile.close();
    },
  };
}
