// Starts the supervisor as a process of its own, which outlives the client if it is told to. Talks to none.
import { spawn } from 'node:child_process';
import { constants, open, access, mkdir, readFile, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { RiachoError } from '../../words/errors.ts';
import { systemCode } from './faults.ts';

/** It says little; what it says of its last few weeks is enough. */
const logBytes = 1024 * 1024;
const detailChars = 200;

/** A supervisor process that was started. */
export interface SpawnedSupervisor {
  /** Resolves when the process has ended: another one holds the lock, or it failed. */
  readonly ended: Promise<void>;
  /** The last line that it wrote, for the log of a failure. */
  lastWords(): Promise<string>;
}

/** Makes the data folder. Rejects with `SYSTEM_UNFIT`, `DATA_FOLDER_UNWRITABLE` or `DISK_FULL`. */
export async function prepareDataFolder(dataDir: string): Promise<void> {
  if (process.platform === 'win32') throw new RiachoError('SYSTEM_UNFIT', { system: 'Windows' });
  try {
    await mkdir(join(dataDir, 'logs'), { recursive: true });
    for (const folder of [dataDir, join(dataDir, 'logs')]) {
      await access(folder, constants.W_OK | constants.X_OK);
    }
  } catch (error) {
    const code = systemCode(error) ?? '';
    if (code === 'ENOSPC') throw new RiachoError('DISK_FULL', { path: dataDir }, error);
    throw new RiachoError('DATA_FOLDER_UNWRITABLE', { path: dataDir, detail: code }, error);
  }
}

/** Starts `command` detached, in a session of its own, its words going to `logs/supervisor.log`. */
export async function spawnSupervisor(command: string[], dataDir: string): Promise<SpawnedSupervisor> {
  const path = join(dataDir, 'logs', 'supervisor.log');
  const size = await stat(path).then(
    (found) => found.size,
    () => 0,
  );
  if (size > logBytes) await rename(path, `${path}.1`);
  const log = await open(path, 'a');
  const [program = process.execPath, ...args] = command;
  const supervisor = spawn(program, args, { detached: true, stdio: ['ignore', log.fd, log.fd] });
  supervisor.unref();
  const ended = new Promise<void>((resolve) => {
    supervisor.once('exit', () => resolve());
    supervisor.once('error', () => resolve());
  });
  await log.close();
  return {
    ended,
    async lastWords() {
      const text = await readFile(path, 'utf8').catch(() => '');
      const lines = text.split('\n').filter((line) => /Error|error/.test(line));
      return (lines.at(-1) ?? text.trim().split('\n').at(-1) ?? '').trim().slice(0, detailChars);
    },
  };
}
