// What the system says of processes, read; and this process itself, on whatever system this is.
import { describe, expect, it } from 'vitest';
import { parseProc, parsePs, readProcesses } from './process-usage.ts';

describe('the usage of a process', () => {
  it('is read from Linux’s files, whatever the program is called', () => {
    const stat =
      '4242 (a) b (c) S 1 2 3 4 5 6 7 8 9 10 250 50 0 0 20 0 40 0 12345 1000 200 18446744073709551615';
    const status = 'Name:\ta) b (c\nVmPeak:\t  999 kB\nVmRSS:\t  2048 kB\nThreads:\t40\n';
    expect(parseProc(stat, status)).toEqual({ cpuMs: 3_000, memoryBytes: 2_097_152 });
  });

  it('is unknown of one that is gone, or has no memory any more', () => {
    expect(parseProc('', '')).toBeUndefined();
    expect(parseProc('7 (x) Z 1 2 3 4 5 6 7 8 9 10 1 1 0', 'Name:\tx\n')).toBeUndefined();
  });

  it('is read from what macOS’s ps prints', () => {
    const text = '  101  2048   0:01.50\n  102 10240 12:00.00\n  103   100 1-02:03:04\n  104 nonsense\n';
    expect([...parsePs(text)]).toEqual([
      [101, { cpuMs: 1_500, memoryBytes: 2_097_152 }],
      [102, { cpuMs: 720_000, memoryBytes: 10_485_760 }],
      [103, { cpuMs: 93_784_000, memoryBytes: 102_400 }],
    ]);
  });

  it('of ourselves is about what Node knows, and of nobody is nothing', async () => {
    const readings = await readProcesses([process.pid, 2 ** 30]);
    expect([...readings.keys()]).toEqual([process.pid]);
    const { user, system } = process.cpuUsage();
    expect(Math.abs((readings.get(process.pid)?.cpuMs ?? 0) - (user + system) / 1_000)).toBeLessThan(500);
    const share = (readings.get(process.pid)?.memoryBytes ?? 0) / process.memoryUsage.rss();
    expect(share).toBeGreaterThan(0.7);
    expect(share).toBeLessThan(1.3);
    expect(await readProcesses([])).toEqual(new Map());
  });
});
