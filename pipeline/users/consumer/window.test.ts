// How much may be on its way at once, and that whoever waits for room is woken.
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Window } from './window.ts';

const limit = { entries: 4, bytes: 100 };

describe('a window', () => {
  it('never holds more than its limits, but for one message that is larger than they are', () => {
    const sizes = fc.array(fc.oneof(fc.nat({ max: 40 }), fc.constantFrom(100, 101, 5_000)), {
      maxLength: 60,
      size: 'max',
    });
    fc.assert(
      fc.property(sizes, fc.array(fc.nat({ max: 3 }), { maxLength: 60, size: 'max' }), (coming, going) => {
        const window = new Window(limit);
        const inside: number[] = [];
        for (const bytes of coming) {
          const total = inside.reduce((sum, one) => sum + one, 0);
          const hasRoom = inside.length < limit.entries && total + bytes <= limit.bytes;
          expect(window.fits(bytes)).toBe(inside.length === 0 || hasRoom);
          if (window.fits(bytes)) {
            window.take(bytes);
            inside.push(bytes);
          } else {
            const [gone] = inside.splice((going.shift() ?? 0) % inside.length, 1);
            window.give(gone ?? 0);
          }
          expect(window.isEmpty).toBe(inside.length === 0);
        }
        for (const bytes of inside) window.give(bytes);
        expect(window.isEmpty).toBe(true);
      }),
    );
  });

  describe('waiting for room', () => {
    beforeEach(() => void vi.useFakeTimers());
    afterEach(() => void vi.useRealTimers());

    it('ends for all who wait once there is room for several', async () => {
      const window = new Window({ entries: 16, bytes: 100 });
      for (let one = 0; one < 16; one += 1) window.take(1);
      const woken = vi.fn<() => void>();
      const waiting = Promise.all([window.changed(60_000), window.changed(60_000)]).then(woken);
      for (let one = 0; one < 3; one += 1) window.give(1);
      await vi.advanceTimersByTimeAsync(0);
      expect(woken).not.toHaveBeenCalled();
      window.give(1);
      await waiting;
      expect(vi.getTimerCount()).toBe(0);
    });

    it('ends for a message that weighs most of the window when it is gone', async () => {
      const window = new Window(limit);
      window.take(99);
      const waiting = window.changed(60_000);
      window.give(99);
      await waiting;
      expect(vi.getTimerCount()).toBe(0);
    });

    it('ends after its time when nothing is', async () => {
      const window = new Window(limit);
      const woken = vi.fn<() => void>();
      void window.changed(250).then(woken);
      await vi.advanceTimersByTimeAsync(249);
      expect(woken).not.toHaveBeenCalled();
      await vi.advanceTimersByTimeAsync(1);
      expect(woken).toHaveBeenCalledOnce();
    });
  });
});
