import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Sessions } from './sessions.ts';

describe('sessions kept for clients', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  function keep(): { sessions: Sessions<string>; ended: string[] } {
    const ended: string[] = [];
    return { sessions: new Sessions<string>(async (value) => void ended.push(value)), ended };
  }

  it('stay while they are asked for, and end when nobody asks for half a minute', () => {
    const { sessions, ended } = keep();
    const id = sessions.add('a');
    for (let times = 0; times < 5; times += 1) {
      vi.advanceTimersByTime(29_000);
      expect(sessions.get(id)).toBe('a');
    }
    vi.advanceTimersByTime(30_000);
    expect(ended).toEqual(['a']);
    expect(() => sessions.get(id)).toThrow(expect.objectContaining({ code: 'SESSION_GONE' }));
  });

  it('are eight at most: the one that was not asked for the longest ends', () => {
    const { sessions, ended } = keep();
    const first = sessions.add('0');
    for (let more = 1; more < 8; more += 1) sessions.add(String(more));
    sessions.get(first);
    sessions.add('8');
    expect(ended).toEqual(['1']);
    expect(sessions.get(first)).toBe('0');
  });

  it('end once, however often they are closed', async () => {
    const { sessions, ended } = keep();
    const id = sessions.add('a');
    sessions.add('b');
    await Promise.all([sessions.close(id), sessions.close(id), sessions.closeAll()]);
    vi.advanceTimersByTime(60_000);
    expect(ended).toEqual(['a', 'b']);
  });
});
