// The supervisor's socket: where it is, whether somebody answers there, and how exactly one gets it. It is the
// lock of the data folder: a socket that refuses is stale. Speaks no protocol.
import { createHash } from 'node:crypto';
import { lstat, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { connect, type Server, type Socket } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { RiachoError } from '../../words/errors.ts';
import { systemCode } from './faults.ts';
import { isProcessAlive } from './leftovers.ts';

/** Systems cut a socket's path at 104 to 108 bytes, and some say nothing. */
const pathBytes = 100;
const gateMs = 10;

/** Where the supervisor of `dataDir` listens: in it, or where its path is too long, in a private folder of the system. */
export async function socketPath(dataDir: string): Promise<string> {
  const path = join(dataDir, 'supervisor.sock');
  if (Buffer.byteLength(path) <= pathBytes) return path;
  const { uid } = userInfo();
  const folder = join(tmpdir(), `riacho-${uid}`);
  await mkdir(folder, { mode: 0o700 }).catch((error: unknown) => {
    if (systemCode(error) !== 'EEXIST') throw error;
  });
  // Anyone may write to the system's temporary folder: only a folder of our own can be trusted.
  const found = await lstat(folder);
  if (!found.isDirectory() || found.uid !== uid || (found.mode & 0o077) !== 0) {
    throw new RiachoError('DATA_FOLDER_UNWRITABLE', { path: folder, detail: 'not a private folder' });
  }
  return join(folder, `${createHash('sha256').update(dataDir).digest('hex').slice(0, 16)}.sock`);
}

/** A connection to whoever answers at `path`; undefined when nobody does. */
export function dial(path: string): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => resolve(socket));
    socket.once('error', () => resolve(undefined));
  });
}

/** `stale`: a socket that nobody listens at any more. */
async function look(path: string): Promise<'answered' | 'stale' | 'absent'> {
  const socket = await dial(path);
  socket?.destroy();
  if (socket !== undefined) return 'answered';
  return lstat(path).then(
    () => 'stale',
    () => 'absent',
  );
}

function listen(server: Server, path: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error) => {
      if (systemCode(error) === 'EADDRINUSE') resolve(false);
      else reject(error);
    };
    server.once('error', fail);
    server.listen(path, () => {
      server.off('error', fail);
      resolve(true);
    });
  });
}

/** Makes the file that only one process can make; a dead process's is removed, for the next try. */
async function enter(gate: string): Promise<boolean> {
  try {
    await writeFile(gate, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error;
  }
  const pid = Number(await readFile(gate, 'utf8').catch(() => ''));
  if (pid > 0 && !isProcessAlive(pid)) await rm(gate, { force: true });
  return false;
}

/**
 * Makes `server` listen at `path`; false when another supervisor does. A stale socket is taken over behind a
 * gate for one: of two that find it stale, the slower would else remove the new socket of the faster.
 */
export async function claimSocket(server: Server, path: string): Promise<boolean> {
  const gate = `${path}.gate`;
  for (;;) {
    if (await listen(server, path)) return true;
    if ((await look(path)) === 'answered') return false;
    if (!(await enter(gate))) {
      await delay(gateMs);
      continue;
    }
    try {
      const found = await look(path);
      if (found === 'answered') return false;
      if (found === 'stale') await rm(path, { force: true });
      if (await listen(server, path)) return true;
    } finally {
      await rm(gate, { force: true });
    }
  }
}
