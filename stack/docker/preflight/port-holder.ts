// Who holds a port of this machine. Ends nobody.
import { readFile, readdir, readlink } from 'node:fs/promises';

/** The kernel's word for a socket that takes connections. */
const listening = '0A';

/** Links under `/proc/<pid>/fd` that mean a socket listening at `port`. */
async function socketsAt(port: number): Promise<Set<string>> {
  const tables = await Promise.all(
    ['/proc/net/tcp', '/proc/net/tcp6'].map((path) => readFile(path, 'utf8').catch(() => '')),
  );
  const rows = tables.flatMap((table) => table.split('\n').map((line) => line.trim().split(/\s+/)));
  return new Set(
    rows
      .filter(
        ([, local = '', , state]) => state === listening && Number.parseInt(local.slice(-4), 16) === port,
      )
      .map((columns) => `socket:[${columns[9]}]`),
  );
}

/**
 * Name and pid of the process that listens at `port`: `java (4711)`. Undefined where the system does not tell: for
 * another user's process, and everywhere but on Linux.
 */
export async function processAt(port: number): Promise<string | undefined> {
  const sockets = await socketsAt(port);
  if (sockets.size === 0) return undefined;
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const open = await readdir(`/proc/${pid}/fd`).catch(() => []);
    const links = await Promise.all(open.map((fd) => readlink(`/proc/${pid}/fd/${fd}`).catch(() => '')));
    if (!links.some((link) => sockets.has(link))) continue;
    const name = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '');
    return `${name.trim()} (${pid})`;
  }
  return undefined;
}
