import { existsSync } from 'node:fs';
import { access, chmod, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import type { ServiceStatus } from '../../words/stack.ts';
import { startArchive } from './cds.ts';
import type { Java } from './java.ts';
import { isProcessAlive } from './leftovers.ts';
import { openServiceLog } from './logs.ts';
import { anyPort, host } from './ports.ts';
import { ServiceRunner } from './service-runner.ts';

const folder = await realpath(await mkdtemp(join(tmpdir(), 'riacho-runner-')));
// Stands for the service's port: whoever it is that answers there.
const port = await anyPort();
const server = createServer((socket) => socket.destroy()).listen(port, host);
await once(server, 'listening');
const log = openServiceLog(folder, 'kafka');
afterAll(async () => {
  server.close();
  await log.close();
  await rm(folder, { recursive: true });
});

/** A `java` that does what `script` says. */
async function fakeJava(name: string, script: string): Promise<Java> {
  const path = join(folder, name);
  await writeFile(path, `#!/bin/sh\n${script}\n`);
  await chmod(path, 0o755);
  return { path, home: folder, version: '17', major: 17, build: name };
}

function newRunner(java: Java, probe: () => Promise<string>, own: Partial<NewRunner> = {}) {
  const reports: ServiceStatus[] = [];
  const runner = new ServiceRunner({
    definition: {
      name: 'kafka',
      address: `${host}:${port}`,
      identity: 'ours',
      cwd: folder,
      isDiskFull: own.isDiskFull ?? (() => Promise.resolve(false)),
      args: [],
      graceMs: 1000,
    },
    version: '3',
    java,
    archiveDir: join(folder, 'cds'),
    log,
    probe,
    report: (status) => reports.push(status),
    restartPausesMs: own.restartPausesMs ?? [0, 10, 10, 20, 20],
  });
  return { runner, reports };
}

interface NewRunner {
  isDiskFull: () => Promise<boolean>;
  restartPausesMs: readonly number[];
}

async function until(condition: () => boolean): Promise<void> {
  const deadlineMs = performance.now() + 15_000;
  while (!condition()) {
    if (performance.now() > deadlineMs) throw new Error('not in time');
    await delay(10);
  }
}

describe('running a service', () => {
  it('is healthy when it answers with its own name, and stops', async () => {
    const java = await fakeJava('sleeps', 'exec sleep 60');
    const { runner, reports } = newRunner(java, async () => 'ours');
    await runner.start();
    expect(reports.map((status) => status.step?.kind ?? status.state)).toEqual([
      'launching',
      'answering',
      'healthy',
    ]);
    const pid = reports.at(-1)?.pid ?? 0;
    expect(isProcessAlive(pid)).toBe(true);
    await runner.stop();
    expect(isProcessAlive(pid)).toBe(false);
    expect(runner.isRunning).toBe(false);
  });

  it('notices that somebody else answers at its address', async () => {
    const java = await fakeJava('sleeps', 'exec sleep 60');
    const { runner, reports } = newRunner(java, async () => 'theirs');
    await expect(runner.start()).rejects.toMatchObject({
      code: 'SERVICE_FOREIGN',
      params: { service: 'kafka', address: `${host}:${port}` },
    });
    expect(isProcessAlive(reports.at(-1)?.pid ?? 0)).toBe(false);
  });

  it('does not take another’s answer for its own when it died', async () => {
    const java = await fakeJava('dies', 'sleep 0.2; echo "ERROR address in use"; exit 1');
    const { runner, reports } = newRunner(java, async () => {
      await until(() => !isProcessAlive(reports.at(-1)?.pid ?? 0));
      return 'ours';
    });
    await expect(runner.start()).rejects.toMatchObject({
      code: 'SERVICE_FAILED',
      params: { service: 'kafka', log: log.path, line: 'ERROR address in use' },
    });
  });

  it('starts without its archive when the JVM crashes with it, and drops that', async () => {
    const script =
      'for flag; do case "$flag" in -XX:SharedArchiveFile=*) kill -SEGV $$ ;; esac; done; exec sleep 60';
    const java = await fakeJava('crashes', script);
    const options = { folder: join(folder, 'cds'), cwd: folder };
    const { flags } = await startArchive(options, 'kafka', java);
    const draft = flags[0]?.split('=')[1] ?? '';
    const made = join(folder, draft);
    const archive = made.replace(/\.unfinished-.*$/, '');
    await writeFile(archive, '');
    const { runner, reports } = newRunner(java, async () => {
      await until(() => isProcessAlive(reports.at(-1)?.pid ?? 0) === false || reports.length > 3);
      return 'ours';
    });
    await runner.start();
    expect(reports.at(-1)?.state).toBe('healthy');
    await expect(access(archive)).rejects.toThrow('ENOENT');
    await runner.stop();
  });

  it('ends a start that is under way', async () => {
    const java = await fakeJava('sleeps', 'exec sleep 60');
    const { runner, reports } = newRunner(java, () => Promise.reject(new Error('not yet')));
    const started = runner.start();
    await until(() => reports.at(-1)?.step?.kind === 'answering');
    await Promise.all([expect(started).rejects.toMatchObject({ code: 'CANCELLED' }), runner.stop()]);
    expect(isProcessAlive(reports.at(-1)?.pid ?? 0)).toBe(false);
  });

  it('starts one that keeps dying again five times, then gives up', async () => {
    const java = await fakeJava('lives-shortly', 'sleep 0.3; echo "ERROR enough"; exit 1');
    const { runner, reports } = newRunner(java, async () => 'ours');
    await runner.start();
    await until(() => reports.at(-1)?.state === 'failed');
    const attempts = reports.flatMap(({ step }) => (step?.kind === 'restarting' ? [step.attempt] : []));
    expect([...new Set(attempts)]).toEqual([1, 2, 3, 4, 5]);
    expect(reports.at(-1)?.fault).toMatchObject({ code: 'SERVICE_FAILED', params: { line: 'ERROR enough' } });
    expect(runner.isRunning).toBe(false);
    await runner.stop();
  });

  it('waits no longer than the disk is full', async () => {
    const filler = join(folder, 'filler');
    const looked = join(folder, 'looked');
    const java = await fakeJava(
      'needs-room',
      `[ -e '${filler}' ] && exit 1; touch '${looked}'; exec sleep 60`,
    );
    const { runner, reports } = newRunner(java, async () => 'ours', {
      isDiskFull: () =>
        access(filler).then(
          () => true,
          () => false,
        ),
      restartPausesMs: [0, 3_600_000],
    });
    await runner.start();
    await until(() => existsSync(looked));
    await writeFile(filler, '');
    process.kill(reports.at(-1)?.pid ?? 0, 'SIGKILL');
    await until(() => reports.some(({ step }) => step?.kind === 'restarting' && step.attempt === 2));
    await rm(filler);
    await until(() => reports.at(-1)?.state === 'healthy');
    expect(runner.isRunning).toBe(true);
    await runner.stop();
  });
});
