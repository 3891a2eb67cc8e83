import { mkdtemp, readdir, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { createEmbeddedEngine } from './client.ts';
import { openLink } from './supervisor-link.ts';
import { doneAnswer, statusAnswer, upAnswer } from './protocol.ts';
import { runSupervisor } from './supervisor.ts';

const root = await realpath(await mkdtemp(join(tmpdir(), 'riacho-sup-')));
afterAll(() => rm(root, { recursive: true }));

/** A supervisor in this process, on a stack that cannot start: its lists of jars are nowhere. */
async function supervise(name: string, lonelyMs?: number) {
  const dataDir = join(root, name);
  const silent = () => Promise.reject(new Error('nobody'));
  const ended = runSupervisor({
    dataDir,
    cacheDir: join(root, 'cache'),
    resourcesDir: join(root, 'nowhere'),
    probes: { kafka: silent, cassandra: silent },
    ...(lonelyMs === undefined ? {} : { lonelyMs }),
  });
  const path = join(dataDir, 'supervisor.sock');
  const dialled = async () => {
    const link = await openLink(path);
    if (link === undefined) throw new Error('nobody answers');
    return link;
  };
  const link = await vi.waitFor(dialled, { timeout: 5000, interval: 10 });
  return { dataDir, ended, link, dialled };
}

describe('a supervisor', () => {
  it('tells a start that failed by the status, and ends with its owner', async () => {
    const { dataDir, ended, link } = await supervise('owned');
    const { adopted, version } = await link.ask({ method: 'up', leaveRunning: false }, upAnswer);
    expect(adopted).toBe(false);
    let after = version - 1;
    const states: string[] = [];
    while (states.at(-1) !== 'failed') {
      const answer = await link.ask({ method: 'status', after }, statusAnswer);
      after = answer.version;
      states.push(answer.frame.stack);
    }
    expect(states[0]).toBe('starting');
    link.close();
    await ended;
    expect(await readdir(dataDir)).toEqual([]);
  });

  it('ends with an owner that watched while it started', async () => {
    const { dataDir, ended } = await supervise('watched');
    const engine = createEmbeddedEngine({ dataDir, supervisorCommand: [] });
    const watched = engine.next(0);
    await expect(engine.up({ leaveRunning: false })).rejects.toMatchObject({ code: 'UNEXPECTED' });
    await watched;
    await engine.close();
    await ended;
    await expect(engine.up({ leaveRunning: false })).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  it('is left without a connection by a client that polled several times at once, and was closed meanwhile', async () => {
    const { dataDir, ended, link } = await supervise('polled');
    const countPipes = () => process.getActiveResourcesInfo().filter((name) => name === 'PipeWrap').length;
    const before = countPipes();
    const engine = createEmbeddedEngine({ dataDir, supervisorCommand: [] });
    const [{ version }] = await Promise.all([engine.next(0), engine.next(0), engine.next(0)]);
    expect(countPipes()).toBe(before + 2);
    const polling = engine.next(version);
    await engine.close();
    await polling;
    await engine.next(0);
    await vi.waitFor(() => expect(countPipes()).toBe(before));
    await link.ask({ method: 'down' }, doneAnswer);
    await ended;
  });

  it('has no service to stop or to start while none runs', async () => {
    const { dataDir, ended, link } = await supervise('idle');
    const engine = createEmbeddedEngine({ dataDir, supervisorCommand: [] });
    const fault = { code: 'STACK_NOT_RUNNING' };
    await expect(engine.restartService('kafka')).rejects.toMatchObject(fault);
    await expect(engine.stopService('cassandra')).rejects.toMatchObject(fault);
    await engine.close();
    await link.ask({ method: 'down' }, doneAnswer);
    await ended;
    const nowhere = createEmbeddedEngine({ dataDir, supervisorCommand: [] });
    await expect(nowhere.restartService('kafka')).rejects.toMatchObject(fault);
    await nowhere.close();
  });

  it('ends when nobody takes it, however many watch', async () => {
    const { ended, link } = await supervise('lonely', 50);
    await ended;
    await link.closed;
    expect(link.isOpen).toBe(false);
  });

  it('ends when a start failed that was to stay, also while its client is there', async () => {
    const { ended, link } = await supervise('left', 50);
    await link.ask({ method: 'up', leaveRunning: true }, upAnswer);
    await ended;
    await link.closed;
    expect(link.isOpen).toBe(false);
  });

  it('lets every client end it, and answers before it goes', async () => {
    const { ended, link, dialled } = await supervise('ended');
    const other = await dialled();
    await expect(other.ask({ method: 'down' }, doneAnswer)).resolves.toEqual({ done: true });
    await link.closed;
    await ended;
    await expect(dialled()).rejects.toThrow('nobody answers');
  });

  it('leaves a folder alone that another one serves', async () => {
    const { dataDir, ended, link } = await supervise('served');
    const silent = () => Promise.reject(new Error('nobody'));
    await runSupervisor({
      dataDir,
      cacheDir: root,
      resourcesDir: root,
      probes: { kafka: silent, cassandra: silent },
    });
    await expect(link.ask({ method: 'down' }, doneAnswer)).resolves.toEqual({ done: true });
    await ended;
  });

  it('takes on nothing while it ends', async () => {
    const { ended, link } = await supervise('busy');
    const down = link.ask({ method: 'down' }, doneAnswer);
    const busy = { code: 'STACK_BUSY' };
    await Promise.all([
      expect(link.ask({ method: 'up', leaveRunning: false }, upAnswer)).rejects.toMatchObject(busy),
      expect(link.ask({ method: 'reset' }, doneAnswer)).rejects.toMatchObject(busy),
      expect(down).resolves.toEqual({ done: true }),
    ]);
    await ended;
  });
});
