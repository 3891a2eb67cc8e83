// A session against an app that loses it, against a line that breaks, and against a reader who leaves.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RiachoError, type ErrorCode } from '../../words/errors.ts';
import { keepSession, type SessionCalls } from './session.ts';

/** An app that answers `next` in turn from `answers`: a code is thrown, a number is a frame of that version. */
function app(answers: (ErrorCode | number)[]) {
  const log: string[] = [];
  const calls: SessionCalls<string> = {
    open: () => {
      log.push('open');
      return Promise.resolve({ session: `s${log.filter((line) => line === 'open').length}` });
    },
    next: ({ session, after }) => {
      log.push(`next ${session} ${after}`);
      const answer = answers.shift() ?? 'CANCELLED';
      if (typeof answer === 'string') return Promise.reject(new RiachoError(answer));
      return Promise.resolve({ version: answer, frame: `frame ${answer}`, skipped: 0 });
    },
    close: ({ session }) => {
      log.push(`close ${session}`);
      return Promise.resolve();
    },
  };
  return { calls, log };
}

const last = 9;

function handlers(frames: string[] = []) {
  return {
    frames,
    onFrame: ({ frame, version }: { frame: string; version: number }) => {
      frames.push(frame);
      return version === last;
    },
    onFault: ({ code }: { code: ErrorCode }) => code === 'SESSION_GONE',
  };
}

describe('a kept session', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  async function keep(
    calls: SessionCalls<string>,
    heard = handlers(),
    signal = new AbortController().signal,
  ) {
    const kept = keepSession(calls, heard, signal);
    await vi.runAllTimersAsync();
    await kept;
  }

  it('asks behind the last version until all is said, then closes', async () => {
    const { calls, log } = app([3, 5, last]);
    const heard = handlers();
    await keep(calls, heard);
    expect(heard.frames).toEqual(['frame 3', 'frame 5', 'frame 9']);
    expect(log).toEqual(['open', 'next s1 0', 'next s1 3', 'next s1 5', 'close s1']);
  });

  it('asks the same session again where the line broke', async () => {
    const { calls, log } = app([3, 'CONNECTION_LOST', 'CONNECTION_LOST', last]);
    await keep(calls);
    expect(log).toEqual(['open', 'next s1 0', 'next s1 3', 'next s1 3', 'next s1 3', 'close s1']);
  });

  it('opens another where the app has forgotten it, and begins there anew', async () => {
    const { calls, log } = app([3, 'SESSION_GONE', last]);
    await keep(calls);
    expect(log).toEqual(['open', 'next s1 0', 'next s1 3', 'close s1', 'open', 'next s2 0', 'close s2']);
  });

  it('ends with a fault that does not pass', async () => {
    const { calls, log } = app([3, 'TOPIC_MISSING', last]);
    await keep(calls);
    expect(log).toEqual(['open', 'next s1 0', 'next s1 3', 'close s1']);
  });

  it('is closed when its reader leaves while it is being opened', async () => {
    const ending = new AbortController();
    const { calls, log } = app([3]);
    const opening = { ...calls, open: () => calls.open().finally(() => ending.abort()) };
    await keep(opening, handlers(), ending.signal);
    expect(log).toEqual(['open', 'close s1']);
  });

  it('asks ten times a second at most, however fast the answers are', async () => {
    const { calls, log } = app(Array.from({ length: 30 }, (_, index) => 10 + index));
    const ending = new AbortController();
    const kept = keepSession(calls, handlers(), ending.signal);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(log.filter((line) => line.startsWith('next'))).toHaveLength(11);
    ending.abort();
    await kept;
  });
});
