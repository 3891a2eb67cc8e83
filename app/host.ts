// What the host can do for a person besides serving the contract: a place to save, a file shown in its folder.
import { spawn } from 'node:child_process';
import { access, readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import packageFile from '../package.json' with { type: 'json' };
import { RiachoError } from '../words/errors.ts';
import type { HostInfo } from '../words/host.ts';

/** What a host brings of its own. What it leaves out is done without a window. */
export interface Host {
  kind: HostInfo['kind'];
  /** Asks a person where to save; null when they thought better of it. */
  chooseFile?(suggested: string): Promise<string | null>;
  /** Shows an existing file in the system's own file manager. */
  showInFolder?(file: string): Promise<void>;
}

export interface HostParts {
  host: Host;
  dataDir: string;
  logFile: string;
}

/** How long a program that opens a folder has to fail. */
const openMs = 1_000;

export class HostService {
  readonly #parts: HostParts;

  constructor(parts: HostParts) {
    this.#parts = parts;
  }

  /**
   * Whether what a call began ends with the call. A terminal's Ctrl-C means it; a page that reloads takes its calls
   * with it, and what they began goes on.
   */
  get endsWithItsCalls(): boolean {
    return this.#parts.host.kind === 'terminal';
  }

  async info(): Promise<HostInfo> {
    const { host, dataDir, logFile } = this.#parts;
    return {
      kind: host.kind,
      version: packageFile.version,
      platform: process.platform,
      dataDir,
      logFile,
      downloads: await downloadsFolder(),
      choosesFiles: host.chooseFile !== undefined,
    };
  }

  async chooseFile(suggested: string): Promise<{ file: string | null }> {
    const { host } = this.#parts;
    return { file: host.chooseFile ? await host.chooseFile(suggested) : suggested };
  }

  /** Rejects with `FILE_DIALOG_UNAVAILABLE` {path, detail}. */
  async showInFolder(file: string): Promise<void> {
    // Only what a person could click on: a path, and of something that is there.
    const isThere = isAbsolute(file) && (await stat(file).catch(() => undefined)) !== undefined;
    if (!isThere) throw unavailable(file, 'ENOENT');
    const { host } = this.#parts;
    await (host.showInFolder ? host.showInFolder(file) : openFolder(file));
  }
}

function unavailable(path: string, detail: string, cause?: unknown): RiachoError {
  return new RiachoError('FILE_DIALOG_UNAVAILABLE', { path, detail }, cause);
}

/** By the system's own program, without a shell; it may go on for as long as its window is open. */
async function openFolder(file: string): Promise<void> {
  const [program, ...args] =
    process.platform === 'darwin' ? ['open', '-R', file] : ['xdg-open', dirname(file)];
  const child = spawn(program ?? '', args, { detached: true, stdio: 'ignore' });
  child.unref();
  const code = await new Promise<number | null>((resolve, reject) => {
    const goesOn = setTimeout(() => resolve(0), openMs);
    child.once('exit', (exit) => {
      clearTimeout(goesOn);
      resolve(exit);
    });
    child.once('error', (error) => {
      clearTimeout(goesOn);
      reject(unavailable(file, program ?? '', error));
    });
  });
  if (code !== 0) throw unavailable(file, `${program} ${code}`);
}

/** The user's folder for downloads as the desktop knows it, else `~/Downloads`, else the home folder. */
async function downloadsFolder(): Promise<string> {
  const home = homedir();
  const config = process.env['XDG_CONFIG_HOME'] ?? join(home, '.config');
  const text = await readFile(join(config, 'user-dirs.dirs'), 'utf8').catch(() => '');
  const named = /^XDG_DOWNLOAD_DIR="(.+)"$/m.exec(text)?.[1]?.replace(/^\$HOME/, home);
  for (const folder of [named, join(home, 'Downloads')]) {
    if (folder === undefined || !isAbsolute(folder)) continue;
    const isThere = await access(folder).then(
      () => true,
      () => false,
    );
    if (isThere) return folder;
  }
  return home;
}
