import { describe, expect, it } from 'vitest';
import { firstToken, lastToken, ringToken, tokenAt } from './ring.ts';

describe('a place on the ring', () => {
  it('is found by its share', () => {
    expect(tokenAt(0)).toBe(firstToken.toString());
    expect(tokenAt(0.5)).toBe('0');
    expect(tokenAt(0.75)).toBe((2n ** 62n).toString());
    expect(tokenAt(1)).toBe(lastToken.toString());
  });

  it('is never beyond its ends', () => {
    expect(ringToken('9999999999999999999')).toBe('9223372036854775807');
    expect(ringToken('-9999999999999999999')).toBe('-9223372036854775808');
    expect(ringToken('-17')).toBe('-17');
  });
});
