// What the system says of processes: time on a core and memory held. Linux tells by files, macOS by `ps`.
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/** Linux counts in hundredths of a second towards programs, whatever the kernel's own clock. */
const tickMs = 10;

export interface ProcessReading {
  /** Time on a core since its start. */
  cpuMs: number;
  memoryBytes: number;
}

/** By process id; processes that are gone are left out. */
export async function readProcesses(pids: readonly number[]): Promise<Map<number, ProcessReading>> {
  if (pids.length === 0) return new Map();
  if (process.platform !== 'linux') return readByPs(pids);
  const found = await Promise.all(
    pids.map(async (pid) => {
      const [stat, status] = await Promise.all([
        readFile(`/proc/${pid}/stat`, 'utf8'),
        readFile(`/proc/${pid}/status`, 'utf8'),
      ]).catch(() => ['', '']);
      const reading = parseProc(stat ?? '', status ?? '');
      return reading ? [[pid, reading] as const] : [];
    }),
  );
  return new Map(found.flat());
}

/** `/proc/<pid>/stat` and `/proc/<pid>/status`; undefined where they hold nothing. Source: proc(5). */
export function parseProc(stat: string, status: string): ProcessReading | undefined {
  // The program's name stands in brackets and may hold anything, also brackets: fields are counted behind it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = Number(fields[11]) + Number(fields[12]);
  const kib = Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]);
  return Number.isFinite(ticks + kib) ? { cpuMs: ticks * tickMs, memoryBytes: kib * 1_024 } : undefined;
}

async function readByPs(pids: readonly number[]): Promise<Map<number, ProcessReading>> {
  const said = await promisify(execFile)('ps', ['-o', 'pid=,rss=,time=', '-p', pids.join(',')]).catch(() => ({
    stdout: '',
  }));
  return parsePs(said.stdout);
}

/** Lines of `pid rss time`, the time as `[[days-]hours:]minutes:seconds`. Source: ps(1) of macOS. */
export function parsePs(text: string): Map<number, ProcessReading> {
  const lines = [...text.matchAll(/^\s*(\d+)\s+(\d+)\s+(?:(\d+)-)?((?:\d+:)*\d+:\d+(?:\.\d+)?)\s*$/gm)];
  return new Map(
    lines.map(([, pid, rss, days = '0', clock = '']) => {
      const seconds = clock.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
      const cpuMs = (Number(days) * 86_400 + seconds) * 1_000;
      return [Number(pid), { cpuMs, memoryBytes: Number(rss) * 1_024 }];
    }),
  );
}
