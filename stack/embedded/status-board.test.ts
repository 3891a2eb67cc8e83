import { describe, expect, it } from 'vitest';
import { serviceName, type ServiceState } from '../../words/stack.ts';
import { pollMs, StatusBoard, summarize } from './status-board.ts';

function newBoard(): StatusBoard {
  return new StatusBoard(serviceName.options.map((name) => ({ name, state: 'stopped', address: '' })));
}

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
    const board = newBoard();
    const startedMs = performance.now();
    expect((await board.next(0)).version).toBe(board.version);
    expect(performance.now() - startedMs).toBeLessThan(pollMs / 2);
  });

  it('waits for something newer, and wakes every waiter with it', async () => {
    const board = newBoard();
    const waiting = [board.next(board.version), board.next(board.version)];
    const startedMs = performance.now();
    board.set({ name: 'kafka', state: 'failed', address: '' });
    for (const { version, frame } of await Promise.all(waiting)) {
      expect(version).toBe(board.version);
      expect(frame.stack).toBe('failed');
    }
    expect(performance.now() - startedMs).toBeLessThan(pollMs / 2);
  });

  it('answers with the same version when nothing happens', async () => {
    const board = newBoard();
    const { version } = await board.next(0);
    expect((await board.next(version)).version).toBe(version);
  });
});
