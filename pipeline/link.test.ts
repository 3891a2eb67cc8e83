// A client that is opened with the first call, kept while it answers, and made anew when it does not.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { NoAnswerError, openLink, type Link, type LinkOptions } from './link.ts';

const deadlineMs = 1_000;
const broken = new Error('broken');
const refused = new Error('refused');

/** Clients are numbers, in the order of their making. */
function lab(connect: LinkOptions<number>['connect'] = async () => undefined) {
  let made = 0;
  const ended: number[] = [];
  const link: Link<number> = openLink({
    make: () => (made += 1),
    connect,
    end: async (client) => ended.push(client),
    deadlineMs,
    isBroken: (error) => error === broken,
  });
  return { link, ended };
}

const whoAnswers = (link: Link<number>): Promise<number> => link.ask(async (client) => client);

describe('a link', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('opens one client for all calls and leaves no timer behind', async () => {
    const { link } = lab();
    expect(await Promise.all([whoAnswers(link), whoAnswers(link)])).toEqual([1, 1]);
    expect(await whoAnswers(link)).toBe(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('keeps its client through an error, and throws it away when it is broken', async () => {
    const { link, ended } = lab();
    await expect(link.ask(() => Promise.reject(refused))).rejects.toBe(refused);
    expect(await whoAnswers(link)).toBe(1);
    await expect(link.ask(() => Promise.reject(broken))).rejects.toBe(broken);
    expect(await whoAnswers(link)).toBe(2);
    expect(ended).toEqual([1]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('makes another client with the next call after one that could not connect', async () => {
    const connect = vi.fn<(client: number) => Promise<void>>(async () => undefined);
    connect.mockRejectedValueOnce(refused);
    const { link, ended } = lab(connect);
    await expect(Promise.all([whoAnswers(link), whoAnswers(link)])).rejects.toBe(refused);
    expect(ended).toEqual([1]);
    expect(await whoAnswers(link)).toBe(2);
  });

  it('waits for no answer longer than its deadline, and not with the same client again', async () => {
    const { link, ended } = lab();
    const error = link.ask(() => new Promise<never>(() => {})).catch((cause: unknown) => cause);
    await vi.advanceTimersByTimeAsync(deadlineMs);
    expect(await error).toBeInstanceOf(NoAnswerError);
    expect(ended).toEqual([1]);
    expect(await whoAnswers(link)).toBe(2);
  });

  it('ends its client when it is closed', async () => {
    const { link, ended } = lab();
    await whoAnswers(link);
    await link.close();
    expect(ended).toEqual([1]);
  });
});
