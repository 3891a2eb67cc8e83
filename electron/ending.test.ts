// How the desktop ends, told apart from any window: what is asked, what is stopped, and that it ends once.
import { describe, expect, it } from 'vitest';
import { Ending, type Choice } from './ending.ts';

/** An ending whose parts say in order what was done. */
function ending({ owns = true, choice = 'stop' as Choice | Promise<Choice>, fails = false } = {}) {
  const done: string[] = [];
  const it = new Ending({
    ownsStack: () => owns,
    async ask() {
      done.push('ask');
      return choice;
    },
    showStopping: () => done.push('show'),
    async close(leaveRunning) {
      done.push(leaveRunning ? 'leave' : 'stop');
      if (fails) throw new Error('cannot be stopped');
    },
    exit: () => done.push('exit'),
  });
  return { it, done };
}

describe('a person who quits', () => {
  it.each([
    ['stop', ['ask', 'show', 'stop', 'exit']],
    ['leave', ['ask', 'show', 'leave', 'exit']],
    ['cancel', ['ask']],
  ] as const)('and chooses %s gets that', async (choice, expected) => {
    const { it: end, done } = ending({ choice });
    await end.request();
    expect(done).toEqual(expected);
    expect(end.isOver).toBe(choice !== 'cancel');
  });

  it('is not asked where no stack would end', async () => {
    const { it: end, done } = ending({ owns: false });
    await end.request();
    expect(done).toEqual(['show', 'stop', 'exit']);
  });

  it('can think better of it, and then quit all the same', async () => {
    const choices: Choice[] = ['cancel', 'stop'];
    const done: string[] = [];
    const end = new Ending({
      ownsStack: () => true,
      ask: async () => choices.shift() ?? 'cancel',
      showStopping: () => undefined,
      close: async () => void done.push('close'),
      exit: () => undefined,
    });
    await end.request();
    expect(done).toEqual([]);
    await end.request();
    expect(done).toEqual(['close']);
  });

  it('is asked once, however often they press', async () => {
    const answer = Promise.withResolvers<Choice>();
    const { it: end, done } = ending({ choice: answer.promise });
    const quits = [end.request(), end.request(), end.request()];
    answer.resolve('stop');
    await Promise.all(quits);
    expect(done).toEqual(['ask', 'show', 'stop', 'exit']);
  });
});

describe('a system that ends the app', () => {
  it('asks nobody and stops the stack, also while the question stands', async () => {
    const answer = Promise.withResolvers<Choice>();
    const { it: end, done } = ending({ choice: answer.promise });
    const asked = end.request();
    await end.force();
    answer.resolve('leave');
    await asked;
    await end.force();
    expect(done).toEqual(['ask', 'show', 'stop', 'exit']);
  });
});

it('ends also when the stack cannot be stopped', async () => {
  const { it: end, done } = ending({ fails: true });
  await end.request();
  expect(done.at(-1)).toBe('exit');
});
