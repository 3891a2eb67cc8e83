// The pace: never faster than asked, never slower than a beat, and no rush after a pause.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Schedule, sendMax } from './schedule.ts';

const rates = fc.double({ min: 0.01, max: 1_000_000, noNaN: true });
const starts = fc.double({ min: 0, max: 1e9, noNaN: true });

describe('a schedule', () => {
  it('owes the first record at once and the others one by one', () => {
    const schedule = new Schedule(10, 5_000);
    expect(schedule.due(5_000)).toBe(1);
    schedule.sent(1);
    expect(schedule.due(5_000)).toBe(0);
    expect(schedule.wait(5_000)).toBe(100);
    expect(schedule.due(5_099)).toBe(0);
    expect(schedule.due(5_100)).toBe(1);
    expect(schedule.due(5_450)).toBe(4);
  });

  it('never lets out more than the rate allows, whenever it is asked', () => {
    const waits = fc.array(fc.double({ min: 0, max: 5_000, noNaN: true }), { maxLength: 50, size: 'max' });
    fc.assert(
      fc.property(rates, starts, waits, (rate, start, pauses) => {
        const schedule = new Schedule(rate, start);
        let now = start;
        let sent = 0;
        for (const pause of pauses) {
          now += pause;
          const due = schedule.due(now);
          expect(due).toBeLessThanOrEqual(sendMax);
          schedule.sent(due);
          sent += due;
          // One more than the time has brought: the first is due at once.
          expect(sent).toBeLessThanOrEqual(((now - start) / 1_000) * rate + 1);
        }
      }),
    );
  });

  it('falls behind by less than a record when it is asked as often as it says', () => {
    fc.assert(
      fc.property(rates, starts, fc.integer({ min: 1, max: 200 }), (rate, start, beats) => {
        const schedule = new Schedule(rate, start);
        let now = start;
        let sent = 0;
        for (let beat = 0; beat < beats; beat += 1) {
          // A timer takes whole milliseconds and may be one late.
          now += Math.ceil(schedule.wait(now)) + 1;
          const due = schedule.due(now);
          expect(due).toBeGreaterThanOrEqual(1);
          schedule.sent(due);
          sent += due;
          const owed = ((now - start) / 1_000) * rate;
          expect(sent).toBeGreaterThanOrEqual(Math.min(owed - 1, sendMax));
        }
      }),
    );
  });

  it('sends as much as fits a request, and never waits, at full rate', () => {
    const schedule = new Schedule(Number.POSITIVE_INFINITY, 0);
    schedule.sent(1_000_000);
    expect(schedule.due(0)).toBe(sendMax);
    expect(schedule.wait(0)).toBe(0);
  });

  it('makes up for nothing after a pause', () => {
    const schedule = new Schedule(10, 0);
    schedule.sent(1);
    expect(schedule.due(45_000)).toBe(450);
    schedule.resume(45_000);
    expect(schedule.due(45_000)).toBe(1);
    schedule.sent(1);
    expect(schedule.due(45_099)).toBe(0);
  });

  it('goes on at another rate from now on, and at the same one as if nothing was said', () => {
    const schedule = new Schedule(10, 0);
    schedule.sent(1);
    schedule.pace(10, 500);
    expect(schedule.due(500)).toBe(5);
    schedule.pace(1_000, 500);
    schedule.sent(1);
    expect(schedule.due(501)).toBe(1);
    expect(schedule.wait(500)).toBe(1);
  });
});
