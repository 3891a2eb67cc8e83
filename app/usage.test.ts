// What is taken of the machine: of this very process standing in for a service, once a second, only while asked.
import { afterEach, describe, expect, it } from 'vitest';
import type { ServiceStatus } from '../words/stack.ts';
import { Usage } from './usage.ts';

const opened: Usage[] = [];
afterEach(() => {
  for (const usage of opened.splice(0)) usage.close();
});

function open(services: ServiceStatus[]) {
  const asked = { count: 0 };
  const usage = new Usage({
    next: async () => {
      asked.count += 1;
      return { version: 1, frame: { engine: 'embedded', stack: 'healthy', services, notices: [] } };
    },
  });
  opened.push(usage);
  return { usage, asked };
}

const kafka: ServiceStatus = {
  name: 'kafka',
  state: 'healthy',
  address: '',
  pid: process.pid,
  startedAt: 7,
};

/** Takes so much time of a core, as a service under load does, however long that takes here. */
function work(cpuMs: number): void {
  const before = process.cpuUsage();
  for (let spent = 0; spent < cpuMs;) {
    const { user, system } = process.cpuUsage(before);
    spent = (user + system) / 1_000;
  }
}

describe('the usage', () => {
  it('is measured for each service that has a process, and for ourselves', async () => {
    const { usage } = open([kafka, { name: 'cassandra', state: 'stopped', address: '' }]);
    const first = await usage.next(0);
    const busy = setInterval(() => work(150), 200);
    const { version, frame } = await usage.next(first.version);
    clearInterval(busy);
    expect(version).toBe(first.version + 1);
    expect(frame.services).toMatchObject([{ name: 'kafka', startedAt: 7 }]);
    const [service] = frame.services;
    expect(service?.cpuPercent).toBeGreaterThan(1);
    expect(service?.cpuPercent).toBeLessThan(400);
    expect(frame.app.loopDelayP99Ms).toBeGreaterThan(100);
    expect(frame.machine.cpus).toBeGreaterThan(0);
  });

  it('is the same for all who ask within a second', async () => {
    const { usage, asked } = open([kafka]);
    const frames = await Promise.all([usage.next(0), usage.next(0), usage.next(0)]);
    expect(new Set(frames.map(({ version }) => version))).toEqual(new Set([1]));
    // One measurement to begin with, and one to compare it with.
    expect(asked.count).toBe(2);
  });

  it('is asked of an engine that measures its services itself', async () => {
    let readings = 0;
    const usage = new Usage({
      next: async () => ({
        version: 1,
        frame: { engine: 'docker', stack: 'healthy', services: [], notices: [] },
      }),
      readUsage: async () => {
        readings += 1;
        return new Map([['kafka', { cpuMs: readings * 1_000_000, memoryBytes: 5, startedAt: 7 }]]);
      },
    });
    opened.push(usage);
    const { frame } = await usage.next(0);
    expect(frame.services).toMatchObject([{ name: 'kafka', memoryBytes: 5, startedAt: 7 }]);
    expect(frame.services[0]?.cpuPercent).toBeGreaterThan(10_000);
  });

  it('of a process that is gone is not told', async () => {
    const { usage } = open([{ ...kafka, pid: 2 ** 30 }]);
    expect((await usage.next(0)).frame.services).toEqual([]);
  });

  it('answers whoever gives up', async () => {
    const { usage } = open([]);
    const { version } = await usage.next(0);
    const startedMs = performance.now();
    await usage.next(version, AbortSignal.abort());
    expect(performance.now() - startedMs).toBeLessThan(500);
  });
});
