// The producer's card as it was left: kept from one time to the next, whatever else stands in the browser's memory.
import { describe, expect, it } from 'vitest';
import { recalledForm, toProducerInput } from './producer-form.ts';

const kept = {
  source: 'offline',
  rate: 250,
  isMax: true,
  seconds: 30,
  isEndless: false,
  spoiledPercent: 10,
} as const;
const fresh = recalledForm(undefined);

describe('the producer’s form', () => {
  it('comes back as it was kept', () => {
    expect(recalledForm(JSON.stringify(kept))).toEqual(kept);
  });

  it.each([[undefined], [''], ['{'], ['null'], ['7'], ['[]']])('is fresh where %j was kept', (text) => {
    expect(recalledForm(text)).toEqual(fresh);
  });

  it('takes fresh what is no part of it any more, and the rest as it was kept', () => {
    const broken = {
      ...kept,
      source: 'replay',
      rate: 0,
      isMax: 'yes',
      seconds: 86_401,
      spoiledPercent: null,
    };
    expect(recalledForm(JSON.stringify(broken))).toEqual({ ...fresh, isEndless: false });
    expect(recalledForm(JSON.stringify({ ...broken, rate: 250 })).rate).toBe(250);
  });

  it('asks for no more than its source gives', () => {
    expect(toProducerInput({ ...kept, source: 'auto' })).toEqual({
      source: 'auto',
      rate: 60,
      faultyPercent: 10,
      forMs: 30_000,
    });
    expect(toProducerInput({ ...kept, isEndless: true })).toEqual({
      source: 'offline',
      rate: 'max',
      faultyPercent: 10,
    });
  });
});
