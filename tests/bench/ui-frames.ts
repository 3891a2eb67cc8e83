// How smoothly a page runs over a time: its frames, its long tasks, and what is left in memory afterwards.
import type { Page } from 'playwright-core';

export interface Smoothness {
  fps: number;
  p99FrameMs: number;
  /** Tasks of more than 50 ms, and the longest of them. */
  longTasks: number;
  longestTaskMs: number;
  /** MB in use after a collection, before and after. */
  heapBeforeMb: number;
  heapAfterMb: number;
}

declare global {
  interface Window {
    riachoFrames?: { deltas: number[]; tasks: number[]; isOver: boolean };
  }
}

/** Measures while `work` is done; the first second, in which a screen settles, is left out by the caller. */
export async function smoothnessOf(page: Page, work: () => Promise<unknown>): Promise<Smoothness> {
  const heapBeforeMb = await heapMb(page);
  await page.evaluate(() => {
    const seen = { deltas: [] as number[], tasks: [] as number[], isOver: false };
    window.riachoFrames = seen;
    const observer = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) seen.tasks.push(duration);
    });
    observer.observe({ type: 'longtask' });
    let last = performance.now();
    const frame = (now: number): void => {
      seen.deltas.push(now - last);
      last = now;
      if (seen.isOver) observer.disconnect();
      else requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
  const startedAt = performance.now();
  await work();
  const seconds = (performance.now() - startedAt) / 1_000;
  const seen = await page.evaluate(() => {
    const found = window.riachoFrames;
    if (found) found.isOver = true;
    // The first one began before the measuring did.
    return { deltas: found?.deltas.slice(1) ?? [], tasks: found?.tasks ?? [] };
  });
  const sorted = seen.deltas.toSorted((a, b) => a - b);
  return {
    fps: seen.deltas.length / seconds,
    p99FrameMs: sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN,
    longTasks: seen.tasks.length,
    longestTaskMs: Math.max(0, ...seen.tasks),
    heapBeforeMb,
    heapAfterMb: await heapMb(page),
  };
}

async function heapMb(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.enable');
  // Once more for what the first collection let go of.
  await session.send('HeapProfiler.collectGarbage');
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return usedSize / 1e6;
}
