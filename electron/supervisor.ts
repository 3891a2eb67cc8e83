// The embedded stack's supervisor as a process of this same program, without a window: the app as it is installed
// has no other program that could run it.
import { app } from 'electron';

const flag = '--supervisor';

/** The command line that starts this program as a supervisor; its folders are appended. */
export function supervisorCommand(): string[] {
  // Where the app is not packaged, the program is Electron itself and has to be told what to run.
  const entry = app.isPackaged ? [] : [app.getAppPath()];
  return [process.execPath, ...entry, flag];
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
    app.exit(await supervise(args));
  };
  void end();
}
