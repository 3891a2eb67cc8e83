// What a container has taken of the machine so far, as `docker stats` counts it.
import type { Container } from 'dockerode';
import { z } from 'zod';
import type { UsageReading } from '../../engine.ts';

const nsPerMs = 1_000_000;

/** A container that has just ended has no figures at all. */
const figures = z.object({
  usage: z.number().default(0),
  /** The first is cgroup v1's name, the second v2's. */
  stats: z
    .object({ total_inactive_file: z.number().optional(), inactive_file: z.number().optional() })
    .default({}),
});

/** Resolves in a few ms: Docker takes one reading and does not wait for a second. */
export async function readContainerUsage(container: Container, startedAt: number): Promise<UsageReading> {
  const stats = await container.stats({ stream: false, 'one-shot': true });
  return {
    cpuMs: stats.cpu_stats.cpu_usage.total_usage / nsPerMs,
    memoryBytes: memoryOf(stats.memory_stats),
    startedAt,
  };
}

/** Without the files that the system keeps in memory only as long as nobody needs the room. */
export function memoryOf(memory: unknown): number {
  const { usage, stats: kinds } = figures.parse(memory);
  const idle = kinds.total_inactive_file ?? kinds.inactive_file ?? 0;
  return Math.max(0, usage - idle);
}
