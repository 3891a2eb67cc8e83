import { describe, expect, it } from 'vitest';
import { inTimeOrder } from './time-order.ts';

const at = (partition: number, offset: number, timestamp: number) => ({ partition, offset, timestamp });

describe('messages of several partitions', () => {
  it('stand in the order of time', () => {
    const messages = [at(0, 0, 1), at(0, 1, 4), at(1, 0, 2), at(1, 1, 3), at(2, 5, 0)];
    expect(inTimeOrder(messages).map(({ timestamp }) => timestamp)).toEqual([0, 1, 2, 3, 4]);
  });

  it('never against the order of their own partition, whatever times were written into them', () => {
    const messages = [at(0, 0, 9), at(0, 1, 1), at(1, 0, 5)];
    expect(inTimeOrder(messages).map(({ partition, offset }) => `${partition}/${offset}`)).toEqual([
      '1/0',
      '0/0',
      '0/1',
    ]);
  });
});
