import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { getPriority } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { startChild, type Child } from './child.ts';
import { isProcessAlive } from './leftovers.ts';

function run(script: string, graceMs = 2000): { child: Child; said: () => string } {
  const chunks: Buffer[] = [];
  const child = startChild(['/bin/sh', '-c', script], {
    cwd: '/',
    env: process.env,
    graceMs,
    onOutput: (chunk) => chunks.push(chunk),
  });
  return { child, said: () => Buffer.concat(chunks).toString() };
}

async function until(condition: () => boolean): Promise<void> {
  const deadlineMs = performance.now() + 10_000;
  while (!condition()) {
    if (performance.now() > deadlineMs) throw new Error('not in time');
    await delay(10);
  }
}

async function pidOf(child: Child): Promise<number> {
  const pid = await child.pid;
  if (pid === undefined) throw new Error('it did not start');
  return pid;
}

describe('a child behind its watchdog', () => {
  it('ends the watchdog with its own code, after all it said', async () => {
    const { child, said } = run('echo out; echo err >&2; exit 7');
    expect(await child.exited).toBe(7);
    expect(child.isAlive).toBe(false);
    expect(said().split('\n').filter(Boolean)).toEqual(expect.arrayContaining(['out', 'err']));
  });

  it('tells the program’s own process id, which is not in our session', async () => {
    const { child, said } = run('echo $$; exec sleep 60');
    const pid = await pidOf(child);
    await until(() => said().endsWith('\n'));
    expect(Number(said())).toBe(pid);
    const [own, other] = await Promise.all([process.pid, pid].map(sessionOf));
    expect(other).not.toBe(own);
    await child.stop();
  });

  it('puts the program behind its owner in the queue for a core', async () => {
    const { child } = run('exec sleep 60');
    const pid = await pidOf(child);
    await expect.poll(() => getPriority(pid)).toBe(Math.min(19, getPriority() + 5));
    await child.stop();
  });

  it.runIf(existsSync('/proc/self/autogroup'))('puts its whole session there too', async () => {
    const { child } = run('exec sleep 60');
    const pid = await pidOf(child);
    await expect.poll(() => readFileSync(`/proc/${pid}/autogroup`, 'utf8')).toMatch(/ nice 5\n$/);
    await child.stop();
  });

  it('asks the program to end, and lets it end in order', async () => {
    const { child, said } = run('trap "echo bye; exit 3" TERM; echo ready; while :; do sleep 0.05; done');
    await until(() => said().includes('ready'));
    expect(await child.stop()).toBe(3);
    expect(said()).toContain('bye');
  });

  it('kills a program that does not end within the grace', async () => {
    const { child, said } = run('trap "" TERM; echo ready; while :; do sleep 0.05; done', 300);
    await until(() => said().includes('ready'));
    const startedMs = performance.now();
    expect(await child.stop()).toBe(137);
    const tookMs = performance.now() - startedMs;
    expect(tookMs).toBeGreaterThanOrEqual(250);
    expect(tookMs, 'the watchdog did it, not the last resort after it').toBeLessThan(1800);
  });

  it('takes the program along when the watchdog itself is killed', async () => {
    const { child, said } = run('echo $PPID; exec sleep 60');
    const pid = await pidOf(child);
    await until(() => said().endsWith('\n'));
    process.kill(Number(said()), 'SIGKILL');
    await child.exited;
    // Its new parent, the system, collects it in its own time.
    await until(() => !isProcessAlive(pid));
    expect(child.isAlive).toBe(false);
  });

  it('does not outlive an owner that is killed', async () => {
    const script = `
      import { startChild } from ${JSON.stringify(join(import.meta.dirname, 'child.ts'))};
      const options = { cwd: '/', env: process.env, graceMs: 300, onOutput() {} };
      const stubborn = 'trap "" TERM; while :; do sleep 0.05; done';
      console.log(await startChild(['sh', '-c', stubborn], options).pid);`;
    const owner = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = await once(owner.stdout, 'data');
    const pid = Number(line);
    expect(isProcessAlive(pid)).toBe(true);
    owner.kill('SIGKILL');
    await until(() => !isProcessAlive(pid));
  });

  it('reports a program that is not there as its end', async () => {
    const child = startChild(['/nowhere/java'], {
      cwd: '/',
      env: {},
      graceMs: 100,
      onOutput: () => undefined,
    });
    expect(await child.exited).toBe(127);
  });
});

/** The session of a process, as `ps` tells it on every system. */
async function sessionOf(pid: number): Promise<string> {
  const ps = spawn('ps', ['-o', 'sess=', '-p', String(pid)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [said] = await once(ps.stdout, 'data');
  return String(said).trim();
}
