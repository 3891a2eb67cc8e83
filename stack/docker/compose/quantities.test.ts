// Durations and sizes as compose files write them.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byteSize, durationMs } from './quantities.ts';

describe('durations', () => {
  it.each([
    ['10s', 10_000],
    ['1m30s', 90_000],
    ['1h5m30s20ms', 3_930_020],
    ['0.5h', 1_800_000],
    ['2500us', 2.5],
    ['0', 0],
    ['0s', 0],
  ])('%s', (text, ms) => {
    expect(durationMs(text)).toBe(ms);
  });

  it.each(['', '10', '10 s', 's', '-1s', '1x', '1m30', '10S'])('%j is none', (text) => {
    expect(() => durationMs(text)).toThrow(`"${text}"?`);
  });

  it('adds its parts up, whatever they are', () => {
    const part = fc.nat({ max: 10_000 });
    fc.assert(
      fc.property(part, part, part, part, (h, m, s, ms) => {
        expect(durationMs(`${h}h${m}m${s}s${ms}ms`)).toBe(h * 3_600_000 + m * 60_000 + s * 1_000 + ms);
      }),
    );
  });
});

describe('sizes', () => {
  it.each([
    ['1024', 1_024],
    ['512m', 536_870_912],
    ['1g', 1_073_741_824],
    ['1.5GB', 1_610_612_736],
    ['2 GiB', 2_147_483_648],
    ['64k', 65_536],
    ['10b', 10],
  ])('%s', (text, bytes) => {
    expect(byteSize(text)).toBe(bytes);
  });

  it.each(['', 'm', '-1m', '1x', '1 000', '1mm'])('%j is none', (text) => {
    expect(() => byteSize(text)).toThrow(`"${text}"?`);
  });
});
