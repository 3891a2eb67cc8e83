// Runs the driver of the Spark job on this machine, by the spark-submit that a person has named.
import { spawn, type ChildProcess } from 'node:child_process';
import { access, constants, mkdir } from 'node:fs/promises';
import { once } from 'node:events';
import { join } from 'node:path';
import { RiachoError } from '../../words/errors.ts';
import { attachedScript, endInTime, type DriverEnd, type SparkDriver } from '../spark-driver.ts';

export interface LocalDriver {
  /** Path of spark-submit. */
  submit: string;
  /** Folder of the job's files. */
  job: string;
  /** Folder for its jars, its checkpoint and its totals; made where it is absent. */
  work: string;
  flags: readonly string[];
  addresses: SparkDriver['addresses'];
}

/** Rejects with `SPARK_SUBMIT_UNFIT` {path, detail} where spark-submit, or python3, cannot be run. */
export async function startLocalDriver(options: LocalDriver): Promise<SparkDriver> {
  const { submit, job, work, flags, addresses } = options;
  await access(submit, constants.X_OK).catch((error: unknown) => {
    throw unfit(submit, error);
  });
  await mkdir(work, { recursive: true });
  const own = [join(job, attachedScript), '--spark-submit', submit, '--work', work];
  const child = spawn('python3', [...own, ...flags], { stdio: ['pipe', 'pipe', 'pipe'] });
  await once(child, 'spawn').catch((error: unknown) => {
    throw unfit('python3', error);
  });
  // It may end before it has heard that it is to end.
  child.stdin.on('error', () => undefined);
  const ended = endOf(child);
  return {
    addresses,
    stdout: child.stdout,
    stderr: child.stderr,
    ended,
    async stop() {
      child.stdin.end();
      await endInTime(ended, () => child.kill('SIGKILL'));
    },
  };
}

async function endOf(child: ChildProcess): Promise<DriverEnd> {
  await once(child, 'close');
  return { exitCode: child.exitCode ?? 137, outOfMemory: false };
}

function unfit(path: string, error: unknown): RiachoError {
  const detail = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  return new RiachoError('SPARK_SUBMIT_UNFIT', { path, detail }, error);
}
