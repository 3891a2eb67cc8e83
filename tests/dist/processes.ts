// The processes of one home folder, as Linux knows them: found by their environment, however they were started.
import { readdir, readFile, readlink } from 'node:fs/promises';
import { basename } from 'node:path';

export interface FoundProcess {
  pid: number;
  /** Name of its program's file. */
  program: string;
  args: string[];
}

export async function processesOf(home: string): Promise<FoundProcess[]> {
  const found: FoundProcess[] = [];
  for (const name of (await readdir('/proc')).filter((entry) => /^\d+$/.test(entry))) {
    try {
      const environment = await readFile(`/proc/${name}/environ`, 'utf8');
      if (!environment.split('\0').includes(`HOME=${home}`)) continue;
      const program = basename(await readlink(`/proc/${name}/exe`));
      const args = (await readFile(`/proc/${name}/cmdline`, 'utf8')).split('\0');
      found.push({ pid: Number(name), program, args });
    } catch {
      // Ended meanwhile, or somebody else's.
    }
  }
  return found;
}

/** The memory of a process in bytes, what it shares with others divided among them. */
export async function memoryOf({ pid }: FoundProcess): Promise<number> {
  const text = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8');
  return Number(/^Pss:\s+(\d+) kB/m.exec(text)?.[1]) * 1024;
}
