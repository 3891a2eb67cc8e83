// The session behind a followed record: opened for its target, pulled until its fate is known, closed when left.
import { useCallback, useEffect, useRef, useState } from 'react';
import type { FollowFrame } from '../../words/browse.ts';
import { RiachoError, type Fault } from '../../words/errors.ts';
import { keepSession } from '../api/session.ts';
import { useModel } from '../model/model.ts';
import type { FollowTarget } from '../model/navigation.ts';

export type Followed =
  | { status: 'opening' }
  | { status: 'cancelled' }
  | { status: 'failed'; fault: Fault }
  | { status: 'frame'; frame: FollowFrame };

interface UseFollowed {
  followed: Followed;
  /** Gives the search up. */
  cancel: () => void;
  /** Looks once more. */
  again: () => void;
}

/** Whether nothing new will ever be said. */
function isOver({ status, record }: FollowFrame): boolean {
  return status === 'gone' || (status === 'found' && record?.fate.status !== 'waiting');
}

export function useFollowed(target: FollowTarget): UseFollowed {
  const { client } = useModel();
  const [followed, setFollowed] = useState<Followed>({ status: 'opening' });
  const [turn, setTurn] = useState(0);
  const ending = useRef<AbortController>(undefined);
  const key = JSON.stringify(target);
  useEffect(() => {
    const own = new AbortController();
    ending.current = own;
    setFollowed({ status: 'opening' });
    void keepSession<FollowFrame>(
      {
        open: () => client.follow.open(target),
        next: (input, options) => client.follow.next(input, options),
        close: (input) => client.follow.close(input),
      },
      {
        onFrame: ({ frame }) => {
          if (frame.status === 'failed' && frame.fault)
            throw new RiachoError(frame.fault.code, frame.fault.params);
          if (!own.signal.aborted) setFollowed({ status: 'frame', frame });
          return isOver(frame);
        },
        onFault: (fault) => {
          // A lost session is opened again by itself; anything else is a person's to judge.
          if (fault.code === 'SESSION_GONE') return true;
          setFollowed({ status: 'failed', fault });
          return false;
        },
      },
      own.signal,
    );
    return () => own.abort();
    // `key` stands for `target`.
  }, [client, key, turn]);
  const cancel = useCallback(() => {
    ending.current?.abort();
    setFollowed({ status: 'cancelled' });
  }, []);
  const again = useCallback(() => setTurn((now) => now + 1), []);
  return { followed, cancel, again };
}
