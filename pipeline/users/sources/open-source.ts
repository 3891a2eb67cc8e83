// Makes the source a person chose; the one place that knows all of them.
import { RiachoError, type Fault } from '../../../words/errors.ts';
import type { SourceName } from '../../../words/runs.ts';
import { createAutoSource } from './auto.ts';
import { createOfflineSource } from './offline.ts';
import { createRandomuserSource } from './randomuser.ts';
import { createReplaySource } from './replay.ts';
import type { Source } from './source.ts';

/** In `auto`, how long the live API may stay silent before generated users are taken instead. */
const autoFirstTimeoutMs = 5_000;

export interface SourceChoice {
  source: SourceName;
  /** For `randomuser` and `auto`; default: the live API's. */
  url?: string | undefined;
  /** For `replay`: path of the recorded file. */
  replayFile?: string | undefined;
  /** For `offline` and `auto`: the same seed gives the same users. */
  seed: number;
  /** For `auto`: called once when it goes over to `offline`. */
  onFallback: (fault: Fault) => void;
}

/** The source of that choice; it reads and asks nothing before its first `take`. Throws `BAD_INPUT` {detail}. */
export function openSource({ source, url, replayFile, seed, onFallback }: SourceChoice): Source {
  switch (source) {
    case 'randomuser':
      return createRandomuserSource({ url });
    case 'offline':
      return createOfflineSource({ seed });
    case 'replay':
      if (replayFile === undefined) throw new RiachoError('BAD_INPUT', { detail: 'replay needs a file' });
      return createReplaySource({ path: replayFile });
    case 'auto':
      return createAutoSource({
        live: createRandomuserSource({ url, firstTimeoutMs: autoFirstTimeoutMs }),
        offline: createOfflineSource({ seed }),
        onFallback,
      });
  }
}
