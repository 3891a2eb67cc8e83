import { expect, it } from 'vitest';
import { labService } from '../../words/stack.ts';
import { StatusBoard } from './status-board.ts';

it('replaces the status of one service, and the stack is what its services are', async () => {
  const board = new StatusBoard(labService.options.map((name) => ({ name, state: 'stopped', address: '' })));
  const { version } = board;
  board.set({ name: 'kafka', state: 'failed', address: '' });
  board.setNotices([{ kind: 'port-moved', service: 'kafka', usual: 1, port: 2 }]);
  const { version: newer, frame } = await board.next(version);
  expect(newer).toBe(version + 2);
  expect(frame).toEqual({
    engine: 'embedded',
    stack: 'failed',
    services: [
      { name: 'kafka', state: 'failed', address: '' },
      { name: 'cassandra', state: 'stopped', address: '' },
    ],
    notices: [{ kind: 'port-moved', service: 'kafka', usual: 1, port: 2 }],
  });
});
