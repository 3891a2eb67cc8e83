// The embedded stack's supervisor as a process of this same program, without a window: the app as it is installed
// has no other program that could run it.
import { app } from 'electron';
import { embeddedResources } from './shipped.ts';

const flag = '--supervisor';

/** The command line that starts this program as a supervisor; its folders are appended. */
export function supervisorCommand(): string[] {
  // Where the app is not packaged, the program is Electron itself and has to be told what to run.
  if (!app.isPackaged) return [process.execPath, app.getAppPath(), flag];
  // What an AppImage has mounted goes with its window, and a stack may stay: the supervisor mounts its own.
  const { APPIMAGE, APPDIR } = process.env;
  const isMounted = APPDIR !== undefined && process.execPath.startsWith(`${APPDIR}/`);
  return [isMounted && APPIMAGE ? APPIMAGE : process.execPath, flag];
}

/** What follows the flag; undefined in every other process. */
export function supervisorArgs(argv: readonly string[]): string[] | undefined {
  const at = argv.indexOf(flag);
  return at < 0 ? undefined : argv.slice(at + 1);
}

export function runSupervisorHere(args: string[]): void {
  app.disableHardwareAcceleration();
  app.dock?.hide();
  const end = async (): Promise<void> => {
    const { supervise } = await import('../app/supervise.ts');
    // The window's resources may be gone before this process: its own are the same.
    const [dataDir = '', cacheDir = ''] = args;
    app.exit(await supervise([dataDir, cacheDir, embeddedResources()]));
  };
  void end();
}
