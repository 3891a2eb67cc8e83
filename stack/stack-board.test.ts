import { describe, expect, it } from 'vitest';
import type { ServiceState, StackStatus } from '../words/stack.ts';
import { pollMs, StackBoard, summarize } from './stack-board.ts';

const stopped: StackStatus = { engine: 'docker', stack: 'stopped', services: [], notices: [] };

describe('the state of a stack', () => {
  const cases: [ServiceState, ServiceState, ServiceState][] = [
    ['healthy', 'healthy', 'healthy'],
    ['healthy', 'starting', 'starting'],
    ['healthy', 'unhealthy', 'unhealthy'],
    ['starting', 'failed', 'failed'],
    ['stopped', 'failed', 'failed'],
    ['stopped', 'healthy', 'unhealthy'],
    ['stopped', 'stopping', 'stopping'],
  ];
  it.each(cases)('is, of %s and %s, %s', (one, other, expected) => {
    expect(summarize([one, other])).toBe(expected);
    expect(summarize([other, one])).toBe(expected);
  });
});

describe('a long poll', () => {
  it('answers at once to who knows nothing', async () => {
    const board = new StackBoard(stopped);
    const startedMs = performance.now();
    expect((await board.next(0)).version).toBe(board.version);
    expect(performance.now() - startedMs).toBeLessThan(pollMs / 2);
  });

  it('waits for something newer, and wakes every waiter with it', async () => {
    const board = new StackBoard(stopped);
    const waiting = [board.next(board.version), board.next(board.version)];
    const startedMs = performance.now();
    board.publish({ ...stopped, stack: 'failed' });
    for (const { version, frame } of await Promise.all(waiting)) {
      expect(version).toBe(board.version);
      expect(frame.stack).toBe('failed');
    }
    expect(performance.now() - startedMs).toBeLessThan(pollMs / 2);
  });

  it('answers with the same version when nothing happens, or only the same is said again', async () => {
    const board = new StackBoard(stopped);
    const { version } = await board.next(0);
    board.publish({ ...stopped });
    expect((await board.next(version)).version).toBe(version);
  });

  it('ends when whoever asked goes away', async () => {
    const board = new StackBoard(stopped);
    const leaving = new AbortController();
    const poll = board.next(board.version, leaving.signal);
    leaving.abort();
    await expect(poll).rejects.toThrow('CANCELLED');
  });
});
