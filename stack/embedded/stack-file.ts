// `stack.json` in the data folder: how clients find the supervisor, and what a killed one left behind.
import { execFile } from 'node:child_process';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { z } from 'zod';
import { isProcessAlive, unfinishedPath } from './leftovers.ts';

const pollMs = 50;
/** A watchdog has this long to end the JVM of a killed supervisor before we end it ourselves. */
const patienceMs = 10_000;

const stackFile = z.object({
  pid: z.number().int(),
  socket: z.string(),
  /** ISO 8601. */
  started: z.string(),
  services: z.array(z.object({ name: z.string(), address: z.string(), pid: z.number().int().optional() })),
});
export type StackFile = z.infer<typeof stackFile>;

const pathIn = (dataDir: string) => join(dataDir, 'stack.json');

/** What the last supervisor wrote; undefined when it ended in order, or never was. */
export async function readStackFile(dataDir: string): Promise<StackFile | undefined> {
  try {
    return stackFile.parse(JSON.parse(await readFile(pathIn(dataDir), 'utf8')));
  } catch {
    return undefined;
  }
}

export async function writeStackFile(dataDir: string, content: StackFile): Promise<void> {
  const draft = unfinishedPath(pathIn(dataDir));
  await writeFile(draft, `${JSON.stringify(content, undefined, 2)}\n`);
  await rename(draft, pathIn(dataDir));
}

export async function removeStackFile(dataDir: string): Promise<void> {
  await rm(pathIn(dataDir), { force: true });
}

/** Whether `pid` is a JVM of the stack in `dataDir`, and not another process that got its number. */
async function isOurs(pid: number, dataDir: string): Promise<boolean> {
  if (!isProcessAlive(pid)) return false;
  const command =
    process.platform === 'linux'
      ? await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
      : await promisify(execFile)('ps', ['-ww', '-o', 'command=', '-p', String(pid)]).then(
          (said) => said.stdout,
          () => '',
        );
  return command.includes(dataDir);
}

/**
 * Resolves when no JVM of a supervisor that was killed runs any more: two on one data folder would ruin it.
 * They end by themselves within seconds; one whose watchdog was killed too is killed here. Resolves with the addresses
 * that they had, by service.
 */
export async function awaitOrphans(dataDir: string): Promise<ReadonlyMap<string, string>> {
  const left = await readStackFile(dataDir);
  const deadlineMs = performance.now() + patienceMs;
  for (const { pid } of left?.services ?? []) {
    while (pid !== undefined && (await isOurs(pid, dataDir))) {
      if (performance.now() > deadlineMs) process.kill(pid, 'SIGKILL');
      await delay(pollMs);
    }
  }
  return new Map(left?.services.map(({ name, address }) => [name, address]));
}
