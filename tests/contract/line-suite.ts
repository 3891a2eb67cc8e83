// What the contract promises of a line that can be slow or lost: nothing piles up, nothing is counted wrongly, and
// whoever comes back goes on. Served here by a frame that changes a thousand times a second.
import { implement } from '@orpc/server';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { contract } from '../../contract/contract.ts';
import { toFramed } from '../../app/streams/feed.ts';
import type { RunsFrame } from '../../contract/contract.ts';
import type { AnyRouter } from '../../server/sockets.ts';
import type { Host } from './transports.ts';

/** A stream whose version is the number of milliseconds since it began; polls that are held and given up are counted. */
function fastStream() {
  const held = { now: 0, givenUp: 0, answered: 0 };
  const api = implement(contract);
  const startedAt = performance.now();
  const version = (): number => 1 + Math.floor(performance.now() - startedAt);
  const frame: RunsFrame = {};
  const router = {
    runs: {
      next: api.runs.next.handler(async ({ input }) => {
        held.answered += 1;
        return toFramed(version(), frame, input.after);
      }),
    },
    metrics: {
      // Held until the client gives up: its signal is all that ends it.
      next: api.metrics.next.handler(async ({ signal }) => {
        held.now += 1;
        await new Promise<void>((resolve) =>
          signal?.addEventListener('abort', () => resolve(), { once: true }),
        );
        held.now -= 1;
        held.givenUp += 1;
        return toFramed(1, { points: [] }, 0);
      }),
    },
  };
  return { held, router };
}

export function lineSuite(name: string, open: (router: AnyRouter) => Promise<Host>): void {
  describe(`a line over ${name}`, () => {
    const { held, router } = fastStream();
    let host: Host;
    beforeAll(async () => {
      host = await open(router);
    });
    afterAll(() => host.close());

    it('brings a slow client the newest there is, and says how much it missed', async () => {
      const { client, vanish } = await host.dial();
      const before = held.answered;
      let { version: after } = await client.runs.next({ after: 0 });
      let missed = 0;
      for (let asked = 0; asked < 5; asked += 1) {
        const slept = performance.now();
        await vi.waitUntil(() => performance.now() - slept > 100, { interval: 10 });
        const { version, skipped } = await client.runs.next({ after });
        expect(skipped).toBe(version - after - 1);
        expect(skipped).toBeGreaterThan(90);
        missed += skipped + 1;
        after = version;
      }
      // Some 500 changes went by, and six answers were made, one for each time it asked.
      expect(missed).toBeGreaterThan(450);
      expect(held.answered - before).toBe(6);
      await vanish();
    });

    it('lets go of what a client waited for that vanished, and serves the others', async () => {
      const [gone, stays] = [await host.dial(), await host.dial()];
      const { givenUp } = held;
      const polls = [1, 2, 3].map((after) => gone.client.metrics.next({ after }).catch(() => 'lost'));
      await vi.waitUntil(() => held.now === 3);
      await gone.vanish();
      expect(await Promise.all(polls)).toEqual(['lost', 'lost', 'lost']);
      await vi.waitUntil(() => held.now === 0);
      expect(held.givenUp - givenUp).toBe(3);
      expect((await stays.client.runs.next({ after: 0 })).skipped).toBe(0);
      await stays.vanish();
    });

    it('goes on where it was for a client that comes back, with every change counted once', async () => {
      const first = await host.dial();
      const { version } = await first.client.runs.next({ after: 0 });
      await first.vanish();
      const second = await host.dial();
      const answer = await second.client.runs.next({ after: version });
      expect(answer.version).toBeGreaterThanOrEqual(version);
      expect(answer.skipped).toBe(Math.max(0, answer.version - version - 1));
      await second.vanish();
    });

    it('answers many clients and many calls at once, each its own', async () => {
      const lines = await Promise.all(Array.from({ length: 8 }, () => host.dial()));
      const answers = await Promise.all(
        lines.flatMap(({ client }) => [1, 2, 3, 4, 5].map((after) => client.runs.next({ after }))),
      );
      expect(answers.every(({ version, skipped }) => version > 0 && skipped >= 0)).toBe(true);
      for (const { vanish } of lines) await vanish();
    });
  });
}
